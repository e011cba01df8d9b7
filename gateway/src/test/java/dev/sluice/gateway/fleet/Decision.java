package dev.sluice.gateway.fleet;

import dev.sluice.gateway.running.Answer;

import static java.util.Objects.requireNonNull;

/**
 * What a gateway decided about one event, as its answer says.
 *
 * @param admitted 202, otherwise 429
 * @param exact whether the counts that all nodes share decided
 * @param used of the tightest limit, this event included, as far as the gateway knew
 * @param window when the tightest limit resets, in Unix seconds
 */
record Decision(boolean admitted, boolean exact, long used, long window) {
    static Decision of(Answer answer) {
        if (answer.status() != 202) {
            answer.expect(429);
        }
        return new Decision(answer.status() == 202, answer.header("X-RateLimit-Mode") == null,
                number(answer, "X-RateLimit-Limit") - number(answer, "X-RateLimit-Remaining"),
                number(answer, "X-RateLimit-Reset"));
    }

    private static long number(Answer answer, String header) {
        return Long.parseLong(requireNonNull(answer.header(header), header));
    }
}
