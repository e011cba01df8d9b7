package dev.sluice.benchmarks.hostile.input;

import java.util.List;
import java.util.random.RandomGenerator;

/** Texts that were written with something else in mind than where they end up. */
final class OddTexts {
    private static final List<String> TEXTS = List.of(
            "", " ", "\u0000", "a\u0000b", "\u0001\u001f\u007f", "\ud800", "x\udc00", "\udc00\ud800", "\uffff\ufffe",
            "\u2028\u2029", "\u202egnp.exe", "\u0130\u0131\u00df\ufb01", "e\u0301", "\ud83d\ude00\u200d\ud83d\udc69",
            "\ufeff", "注文処理", "مرحبا", "null", "undefined", "true", "NaN", "-0", "1e999", "0x10", "__proto__",
            "constructor", "toString", "prototype", "hasOwnProperty", "$where", "$gt", "a.b", "a..b", ".", "..", "../../etc/passwd",
            "a/b", "%00", "%2e%2e%2f", "%", "%zz", "\\", "\\u0000", "\"", "'", "';--", "\" OR 1=1 --", "<script>", "${7*7}", "{{7*7}}",
            "\r\nX-Injected: 1", "\t", "*", "[object Object]", "2025-12-31T23:59:60Z", "+999999999-12-31", "1970-01-01",
            "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "1-1-1-1-1", "order.created", "x", "id");
    private static final int[] LENGTHS = {62, 63, 64, 65, 200, 255, 256, 512, 1023, 1024, 1025, 4096, 8192};

    private OddTexts() {}

    /** A text; now and then a long one. */
    static String next(RandomGenerator random) {
        return switch (random.nextInt(12)) {
            case 0 -> Pick.one(random, TEXTS).concat("k").repeat(1 + random.nextInt(4));
            case 1 -> Pick.one(random, TEXTS) + Pick.one(random, TEXTS);
            case 2 -> String.valueOf((char) random.nextInt(0x10000));
            case 3 -> "k".repeat(Pick.onceIn(random, 10) ? 60_000 : LENGTHS[random.nextInt(LENGTHS.length)]);
            case 4 -> "\u0000";
            default -> Pick.one(random, TEXTS);
        };
    }

    /** A text of at most so many characters. */
    static String upTo(RandomGenerator random, int length) {
        String text = next(random);
        return text.length() > length ? text.substring(0, length) : text;
    }

    /** A short one that is fit for a header's value: visible ASCII. */
    static String plain(RandomGenerator random) {
        return upTo(random, 100).replaceAll("[^!-~]", "_");
    }
}
