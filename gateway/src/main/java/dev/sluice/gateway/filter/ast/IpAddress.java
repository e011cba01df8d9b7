package dev.sluice.gateway.filter.ast;

import java.util.Arrays;

/** Reads IPv4 and IPv6 addresses (RFC 4291, section 2.2) into 16 bytes, IPv4 as mapped into IPv6, without allocating. */
public final class IpAddress {
    /** Length of an address. */
    public static final int BYTES = 16;

    private static final int IPV4_AT = 12;

    private IpAddress() {}

    /** Reads an address and says whether the slice was one. */
    public static boolean parse(byte[] text, int start, int end, byte[] into) {
        Arrays.fill(into, (byte) 0);
        for (int i = start; i < end; i++) {
            if (text[i] == ':') {
                return parse6(text, start, end, into);
            }
        }
        into[10] = (byte) 0xff;
        into[11] = (byte) 0xff;
        return parse4(text, start, end, into, IPV4_AT);
    }

    private static boolean parse4(byte[] text, int start, int end, byte[] into, int at) {
        int p = start;
        for (int part = 0; part < 4; part++) {
            int value = 0;
            int first = p;
            while (p < end && text[p] >= '0' && text[p] <= '9' && p - first < 3) {
                value = 10 * value + (text[p++] - '0');
            }
            if (p == first || value > 255 || (p - first > 1 && text[first] == '0')) {
                return false;
            }
            into[at + part] = (byte) value;
            if (part < 3 && (p >= end || text[p++] != '.')) {
                return false;
            }
        }
        return p == end;
    }

    private static boolean parse6(byte[] text, int start, int end, byte[] into) {
        int p = start;
        int to = 0;
        int gap = -1;
        if (end - p >= 2 && text[p] == ':' && text[p + 1] == ':') {
            gap = 0;
            p += 2;
        }
        while (p < end) {
            if (to == BYTES) {
                return false;
            }
            int group = p;
            int value = 0;
            while (p < end && p - group < 4 && Character.digit(text[p], 16) >= 0) {
                value = value << 4 | Character.digit(text[p++], 16);
            }
            if (p < end && text[p] == '.') {
                if (to > IPV4_AT || !parse4(text, group, end, into, to)) {
                    return false;
                }
                to += 4;
                p = end;
                break;
            }
            if (p == group) {
                return false;
            }
            into[to++] = (byte) (value >> 8);
            into[to++] = (byte) value;
            if (p == end) {
                break;
            }
            if (text[p++] != ':') {
                return false;
            }
            if (p < end && text[p] == ':') {
                if (gap >= 0) {
                    return false;
                }
                gap = to;
                p++;
            } else if (p == end) {
                return false;
            }
        }
        if (gap < 0) {
            return to == BYTES;
        }
        if (to == BYTES) {
            return false;
        }
        int moved = to - gap;
        System.arraycopy(into, gap, into, BYTES - moved, moved);
        Arrays.fill(into, gap, BYTES - moved, (byte) 0);
        return true;
    }
}
