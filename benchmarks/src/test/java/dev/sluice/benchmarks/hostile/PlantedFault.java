package dev.sluice.benchmarks.hostile;

import dev.sluice.benchmarks.hostile.check.Invariant;
import dev.sluice.benchmarks.hostile.wire.Answer;
import dev.sluice.benchmarks.hostile.wire.Tampering;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** A fault as a node could have it, seen through answers that are changed on their way to the campaign. */
enum PlantedFault {
    SWALLOWED_ANSWER(Invariant.ANSWERED, "POST /hooks/") {
        @Override
        @Nullable Answer spoil(Answer answer) {
            return null;
        }
    },
    LATE_ANSWER(Invariant.ANSWERED, "POST /hooks/") {
        @Override
        Answer spoil(Answer answer) throws InterruptedException {
            Thread.sleep(TOO_LATE_MILLIS);
            return answer;
        }
    },
    INTERNAL_ERROR(Invariant.NO_INTERNAL_ERROR, "POST /hooks/") {
        @Override
        Answer spoil(Answer answer) {
            return new Answer(500, answer.headers(), "{\"incident\":\"1\"}".getBytes(StandardCharsets.UTF_8), answer.last());
        }
    },
    EXECUTION_NOT_LISTED(Invariant.ENDED, "GET /api/v1/executions?limit=200&from=") {
        @Override
        Answer spoil(Answer answer) {
            return json(answer, page -> page.put("items", new JsonArray(page.getJsonArray("items").stream().skip(1).toList())));
        }
    },
    EXECUTION_NEVER_ENDED(Invariant.ENDED, "GET /api/v1/executions?limit=200&from=") {
        @Override
        Answer spoil(Answer answer) {
            return json(answer, page -> {
                page.getJsonArray("items").getJsonObject(0).put("status", "running");
                return page;
            });
        }
    },
    RAW_BODY_ALTERED(Invariant.READABLE, "/raw") {
        @Override
        Answer spoil(Answer answer) {
            byte[] body = answer.body().clone();
            body[body.length / 2] ^= 1;
            return answer.withBody(body);
        }
    },
    ITEM_NOT_SHOWN(Invariant.READABLE, "GET /api/v1/events/") {
        @Override
        Answer spoil(Answer answer) {
            return new Answer(404, answer.headers(), answer.body(), answer.last());
        }
    },
    COUNTED_TWICE(Invariant.QUOTA, "GET /api/v1/billing/usage") {
        @Override
        Answer spoil(Answer answer) {
            return json(answer, usage -> {
                JsonObject line = usage.getJsonArray("now").getJsonObject(0);
                line.put("used", line.getLong("used") * 2);
                return usage;
            });
        }
    },
    COMMITTED_AND_NOT_COUNTED(Invariant.QUOTA, "GET /api/v1/billing/usage") {
        @Override
        Answer spoil(Answer answer) {
            return json(answer, usage -> {
                JsonObject line = usage.getJsonArray("now").getJsonObject(0);
                line.put("used", line.getLong("used") - 1);
                return usage;
            });
        }
    };

    private static final int ACCEPTED = 202;
    private static final long TOO_LATE_MILLIS = 2_100;

    private final Invariant breaks;
    private final String where;

    PlantedFault(Invariant breaks, String where) {
        this.breaks = breaks;
        this.where = where;
    }

    abstract @Nullable Answer spoil(Answer answer) throws InterruptedException;

    /** What the campaign must find. */
    Invariant breaks() {
        return breaks;
    }

    /** The fault once it is planted; of answers that a campaign itself may provoke, one is spoiled. */
    Tampering planted() {
        boolean once = breaks == Invariant.ANSWERED || breaks == Invariant.NO_INTERNAL_ERROR;
        boolean[] done = {false};
        return (requestLine, answer) -> {
            synchronized (done) {
                if (!(requestLine.startsWith(where) || requestLine.endsWith(where)) || answer.status() >= 300 || (breaks == Invariant.ANSWERED && answer.status() != ACCEPTED)
                        || answer.body().length == 0 || (once && done[0])) {
                    return answer;
                }
                done[0] = true;
            }
            return spoil(answer);
        };
    }

    private static Answer json(Answer answer, UnaryOperator<JsonObject> change) {
        return answer.withBody(change.apply(new JsonObject(answer.text())).encode().getBytes(StandardCharsets.UTF_8));
    }
}
