package dev.sluice.benchmarks.hostile;

import dev.sluice.benchmarks.hostile.check.Accepted;
import dev.sluice.benchmarks.hostile.check.Batch;
import dev.sluice.benchmarks.hostile.check.Bounds;
import dev.sluice.benchmarks.hostile.check.Findings;
import dev.sluice.benchmarks.hostile.check.Invariant;
import dev.sluice.benchmarks.hostile.input.Aim;
import dev.sluice.benchmarks.hostile.input.Hook;
import dev.sluice.benchmarks.hostile.input.Shot;
import dev.sluice.benchmarks.hostile.input.Shot.After;
import dev.sluice.benchmarks.hostile.wire.Answer;
import dev.sluice.benchmarks.hostile.wire.NoAnswerException;
import dev.sluice.benchmarks.hostile.wire.Tampering;
import dev.sluice.benchmarks.hostile.wire.Wire;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.function.Consumer;

/** One connection that sends one shot at a time, and judges each answer by itself. */
final class Gun implements AutoCloseable {
    /** A server may close the connection while so much of a body is still on its way, and take its answer with it. */
    private static final int SOON_LOST = 64 << 10;

    private static final int ACCEPTED = 202;
    private static final int MAX_END = 120;

    private final Context context;
    private final Lingering lingering;
    private @Nullable Wire wire;

    Gun(Context context, Lingering lingering) {
        this.context = context;
        this.lingering = lingering;
    }

    /**
     * What all of them share.
     *
     * @param unanswered is told the webhook of an event of which it is not known whether it was accepted
     */
    record Context(int port, Bounds bounds, Tampering tampering, Findings findings, Tally tally, Consumer<Hook> unanswered) {}

    void fire(Shot shot, int index, Batch batch, Queue<Volley.Told> told) {
        String where = Volley.where(batch, index, shot);
        try {
            boolean reused = wire != null;
            if (!fire(shot, index, batch, told, where, reused)) {
                // The server closed a connection that was kept: clients then ask again.
                close();
                fire(shot, index, batch, told, where, false);
            }
        } catch (ProtocolException e) {
            close();
            note(shot, "unreadable");
            context.findings().add(Invariant.ANSWERED, shot.kind().label() + ": the answer cannot be read", String.valueOf(e.getMessage()), where);
        } catch (IOException e) {
            close();
            note(shot, "lost");
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
        }
    }

    /** Answers false if a connection that was used before turned out to be closed. */
    private boolean fire(Shot shot, int index, Batch batch, Queue<Volley.Told> told, String where, boolean reused)
            throws IOException, InterruptedException {
        Wire open = wire == null ? new Wire(context.port(), context.tampering()) : wire;
        wire = open;
        int sent = 0;
        try {
            for (Shot.Part part : shot.parts()) {
                open.send(part.bytes());
                sent += part.bytes().length;
                if (part.pauseMillis() > 0) {
                    Thread.sleep(part.pauseMillis());
                }
            }
        } catch (IOException closedWhileSending) {
            if (shot.aims().isEmpty()) {
                throw closedWhileSending;
            }
        }
        if (shot.after() == After.LINGER) {
            wire = null;
            lingering.add(open, end(shot), where);
            return true;
        }
        if (shot.after() == After.CUT) {
            close();
            context.tally().add(shot.kind(), "cut");
            return true;
        }
        for (int i = 0; i < shot.aims().size(); i++) {
            Aim aim = shot.aims().get(i);
            try {
                Answer answer = open.receive(aim.line(), aim.head(), context.bounds().answer().plus(aim.extra()));
                told.add(new Volley.Told(index, i, shot, answer));
                judge(aim, answer, batch, where);
                context.tally().add(shot.kind(), Integer.toString(answer.status()));
                if (answer.last()) {
                    close();
                    return true;
                }
            } catch (NoAnswerException e) {
                close();
                if (e.closed() && reused && i == 0) {
                    return false;
                }
                unanswered(shot, i, e, Math.max(sent, total(shot)), where);
                return true;
            }
        }
        if (shot.after() == After.CLOSE) {
            close();
        }
        return true;
    }

    private void judge(Aim aim, Answer answer, Batch batch, String where) {
        int status = answer.status();
        boolean workflowFailed = (status == 500 || status == 504) && answer.text().contains("\"executionId\"") && !answer.text().contains("could not be stored");
        if (status >= 500 && !workflowFailed && status != 501 && status != 503 && status != 505) {
            context.findings().add(Invariant.NO_INTERNAL_ERROR, "%s answered %d".formatted(shape(aim.line()), status), aim.line() + ": " + answer.text(), where);
        }
        Hook hook = aim.hook();
        if (hook != null) {
            batch.accept(Accepted.of(hook, aim.body(), answer, where));
        } else if (aim.tenant() != Aim.STRANGER && status == ACCEPTED) {
            // Runs and replays.
            Accepted.executions(new JsonObject(answer.text())).forEach(id -> batch.run(aim.tenant(), id, where));
        }
    }

    private void unanswered(Shot shot, int first, NoAnswerException e, int bytes, String where) {
        for (int i = first; i < shot.aims().size(); i++) {
            Hook hook = shot.aims().get(i).hook();
            if (hook != null) {
                context.unanswered().accept(hook);
            }
            context.tally().add(shot.kind(), e.closed() ? "closed" : "silent");
        }
        if (!e.closed() || bytes < SOON_LOST) {
            context.findings().add(Invariant.ANSWERED, "%s, %s: %s".formatted(shot.kind().label(), shape(shot.aims().get(first).line()), e.closed() ? "closed without an answer" : "silence"),
                    "%s; it ended in %s".formatted(e.getMessage(), end(shot)), where);
        }
    }

    private void note(Shot shot, String outcome) {
        for (int i = 0; i < shot.requests(); i++) {
            context.tally().add(shot.kind(), outcome);
        }
    }

    /** The last bytes sent, as text of one line. */
    private static String end(Shot shot) {
        byte[] bytes = shot.parts().getLast().bytes();
        String text = new String(bytes, Math.max(0, bytes.length - MAX_END), Math.min(MAX_END, bytes.length), StandardCharsets.ISO_8859_1);
        return new JsonArray().add(text).encode();
    }

    private static int total(Shot shot) {
        return shot.parts().stream().mapToInt(part -> part.bytes().length).sum();
    }

    /** A request line as the documentation would write it: without ids, names and query. */
    private static String shape(String line) {
        String[] words = line.split("[ ?]", -1);
        String[] steps = words.length < 2 ? new String[0] : words[1].split("/", -1);
        if (steps.length < 3 || !(steps[1].equals("hooks") || steps[1].equals("api"))) {
            return "an odd request line";
        }
        return words[0] + (steps[1].equals("hooks") ? " /hooks/:id" : " /api/v1/" + (steps.length > 3 ? steps[3] : "") + (steps.length > 4 ? "/:id" : "")
                + (steps.length > 5 ? "/" + steps[5] : ""));
    }

    @Override
    public void close() {
        if (wire != null) {
            wire.close();
            wire = null;
        }
    }
}
