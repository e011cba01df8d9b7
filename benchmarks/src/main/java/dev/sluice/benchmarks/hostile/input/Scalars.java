package dev.sluice.benchmarks.hostile.input;

import java.util.ArrayList;
import java.util.List;

/** Where the scalars of a JSON text lie: strings with their quotes, names too, numbers and words. */
record Scalars(List<int[]> ranges) {
    static Scalars of(byte[] json) {
        List<int[]> ranges = new ArrayList<>();
        int i = 0;
        while (i < json.length) {
            int start = i;
            if (json[i] == '"') {
                i++;
                while (i < json.length && json[i] != '"') {
                    i += json[i] == '\\' ? 2 : 1;
                }
                i = Math.min(i + 1, json.length);
                ranges.add(new int[] {start, i});
            } else if (isWord(json[i])) {
                while (i < json.length && isWord(json[i])) {
                    i++;
                }
                ranges.add(new int[] {start, i});
            } else {
                i++;
            }
        }
        return new Scalars(List.copyOf(ranges));
    }

    private static boolean isWord(byte b) {
        return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '-' || b == '+' || b == '.';
    }
}
