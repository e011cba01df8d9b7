package dev.sluice.gateway.filter.syntax;

import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.ast.IpAddress;
import dev.sluice.gateway.filter.ast.Predicate.Block;
import dev.sluice.gateway.filter.json.Utf8;

import java.util.ArrayList;
import java.util.List;

/** Address blocks: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or a single address. */
final class Networks {
    private static final int IPV6_BITS = 128;
    private static final int MAPPED_BITS = 96;

    private Networks() {}

    static List<Block> blocks(Place operand) throws FilterException {
        List<Block> blocks = new ArrayList<>();
        for (Place element : operand.oneOrMore()) {
            blocks.add(block(element));
        }
        return blocks;
    }

    static Block block(Place place) throws FilterException {
        String text = place.text();
        int slash = text.indexOf('/');
        byte[] address = Utf8.bytes(slash < 0 ? text : text.substring(0, slash));
        byte[] bytes = new byte[IpAddress.BYTES];
        if (!IpAddress.parse(address, 0, address.length, bytes)) {
            throw place.refuse("must be an IP address or a block such as 10.0.0.0/8");
        }
        int offset = text.indexOf(':') < 0 ? MAPPED_BITS : 0;
        int bits = slash < 0 ? IPV6_BITS : offset + bits(place, text.substring(slash + 1), IPV6_BITS - offset);
        List<Byte> first = new ArrayList<>();
        List<Byte> last = new ArrayList<>();
        for (int i = 0; i < bytes.length; i++) {
            int fixed = Math.clamp(bits - 8L * i, 0, 8);
            int mask = 0xff00 >> fixed & 0xff;
            first.add((byte) (bytes[i] & mask));
            last.add((byte) ((bytes[i] & mask) | (~mask & 0xff)));
        }
        return new Block(first, last);
    }

    private static int bits(Place place, String text, int most) throws FilterException {
        boolean digits = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int bits = digits ? Integer.parseInt(text) : most + 1;
        if (bits > most) {
            throw place.refuse("the length of the prefix must be a number from 0 to " + most);
        }
        return bits;
    }
}
