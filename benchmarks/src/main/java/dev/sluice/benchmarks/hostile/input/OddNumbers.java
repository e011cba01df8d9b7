package dev.sluice.benchmarks.hostile.input;

import java.util.List;
import java.util.random.RandomGenerator;

/** Numbers as JSON writes them, at and beyond what a parser may have in mind. */
final class OddNumbers {
    private static final List<String> NUMBERS = List.of(
            "0", "-0", "-0.0", "1", "1.0", "1e0", "100e-2", "1e21", "1E+21", "1e-7", "9007199254740993", "9223372036854775808",
            "-9223372036854775809", "18446744073709551616", "1e308", "1.8e308", "-1e400", "5e-324", "1e-400", "1e9999999999",
            "-1e9999999999", "1e-9999999999", "1e2147483647", "1e2147483648", "1e-2147483648", "1E99999999999999999999999",
            "0e9999999999", "0.1", "0.1000000000000000055511151231257827", "3.141592653589793238462643383279");
    private static final int[] DIGITS = {19, 20, 39, 310, 999, 1000, 1001, 1500, 20_000};

    private OddNumbers() {}

    static String next(RandomGenerator random) {
        int choice = random.nextInt(10);
        if (choice > 1) {
            return choice > 6 ? Integer.toString(random.nextInt(1000) - 10) : Pick.one(random, NUMBERS);
        }
        String digits = "1234567890".repeat(2001).substring(0, DIGITS[random.nextInt(DIGITS.length)]);
        return switch (random.nextInt(3)) {
            case 0 -> digits;
            case 1 -> "0." + digits;
            default -> "-" + digits + "e" + (random.nextInt(4000) - 2000);
        };
    }
}
