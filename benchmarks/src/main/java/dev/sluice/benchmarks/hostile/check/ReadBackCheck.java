package dev.sluice.benchmarks.hostile.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.benchmarks.hostile.input.Attacker;
import dev.sluice.benchmarks.hostile.input.Program;
import dev.sluice.benchmarks.hostile.wire.Answer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A sample of what was stored, through every operation that shows it; bodies and results byte for byte. */
public final class ReadBackCheck implements Check {
    private static final int SHARE = 30;
    private static final int LEAST = 10;
    private static final int MAX_LETTERS = 5;
    private static final int MAX_DEFINITIONS = 4;
    private static final List<String> LISTS = List.of("/events?limit=200", "/triggers?limit=200", "/workflows?limit=200", "/customers?limit=200");

    private final Attacker attacker;
    private final ApiClient api;

    /** The check of one attacker's events, executions, dead letters and definitions. */
    public ReadBackCheck(Attacker attacker, ApiClient api) {
        this.attacker = attacker;
        this.api = api;
    }

    @Override
    public void check(Batch batch, Findings findings) throws IOException, InterruptedException {
        for (Accepted event : sample(batch)) {
            event(event, findings);
        }
        String where = "batch " + batch.number();
        for (String list : LISTS) {
            shown(list, where, findings);
        }
        deadLetters(where, findings);
        definitions(batch.number(), where, findings);
    }

    private List<Accepted> sample(Batch batch) {
        List<Accepted> mine = new ArrayList<>(batch.accepted().stream().filter(event -> event.hook().tenant() == attacker.tenant()).toList());
        Collections.shuffle(mine, new Random(batch.number()));
        return mine.subList(0, Math.min(mine.size(), Math.max(LEAST, mine.size() / SHARE)));
    }

    private void event(Accepted event, Findings findings) throws IOException, InterruptedException {
        attacker.events().add(event.event());
        Answer raw = api.get("/events/" + event.event() + "/raw");
        if (raw.status() != 200 || !Arrays.equals(raw.body(), event.body())) {
            findings.add(Invariant.READABLE, "the raw body of an event is not what was sent", "%d, %d of %d bytes; %s".formatted(
                    raw.status(), raw.body().length, event.body().length, event.event()), event.where());
        }
        JsonObject shown = object("/events/" + event.event(), event.where(), findings);
        if (shown != null && (shown.getInteger("bodySize") != event.body().length || !event.event().equals(shown.getString("id")))) {
            findings.add(Invariant.READABLE, "an event is shown with another size or id", event.event(), event.where());
        }
        shown("/executions?eventId=" + event.event(), event.where(), findings);
        for (String execution : event.executions().stream().limit(2).toList()) {
            attacker.executions().add(execution);
            execution(execution, event, findings);
        }
    }

    private void execution(String id, Accepted event, Findings findings) throws IOException, InterruptedException {
        Answer answer = api.get("/executions/" + id);
        if (answer.status() != 200) {
            findings.add(Invariant.READABLE, "GET /executions/:id answered %d".formatted(answer.status()), id + " " + answer.text(), event.where());
            return;
        }
        String result = event.result();
        if (result != null && !answer.text().replace("\"result\": ", "\"result\":").contains("\"result\":" + result)) {
            findings.add(Invariant.READABLE, "an execution shows another result than was answered", result, event.where());
        }
    }

    private void deadLetters(String where, Findings findings) throws IOException, InterruptedException {
        List<String> ids = shown("/dead-letters?limit=200", where, findings);
        for (int i = 0; i < Math.min(MAX_LETTERS, ids.size()); i++) {
            attacker.deadLetters().add(ids.get(i));
            shown("/dead-letters/" + ids.get(i), where, findings);
        }
    }

    private void definitions(int round, String where, Findings findings) throws IOException, InterruptedException {
        List<String> paths = new ArrayList<>();
        attacker.ownHooks().all().forEach(hook -> paths.add("/triggers/" + hook.id()));
        for (int i = 0; i < Math.min(MAX_DEFINITIONS, paths.size()); i++) {
            shown(paths.get((round * MAX_DEFINITIONS + i) % paths.size()), where, findings);
        }
        List<Program> programs = attacker.ownPrograms().all();
        for (int i = 0; i < Math.min(MAX_DEFINITIONS, programs.size()); i++) {
            program(programs.get((round * MAX_DEFINITIONS + i) % programs.size()), where, findings);
        }
    }

    private void program(Program program, String where, Findings findings) throws IOException, InterruptedException {
        JsonObject shown = object("/workflows/" + program.slug(), where, findings);
        if (shown != null && !program.code().equals(shown.getString("code"))) {
            findings.add(Invariant.READABLE, "a workflow's code is not what was sent", shown.getString("code"), where);
        }
    }

    private @Nullable JsonObject object(String path, String where, Findings findings) throws IOException, InterruptedException {
        Answer answer = api.get(path);
        if (answer.status() != 200) {
            findings.add(Invariant.READABLE, "GET %s answered %d".formatted(path, answer.status()), answer.text(), where);
            return null;
        }
        return new JsonObject(answer.text());
    }

    /** The ids of what is shown, if it is a list. */
    private List<String> shown(String path, String where, Findings findings) throws IOException, InterruptedException {
        Answer answer = api.get(path);
        if (answer.status() != 200) {
            findings.add(Invariant.READABLE, "GET %s answered %d".formatted(path, answer.status()), answer.text(), where);
            return List.of();
        }
        try {
            return JsonTokens.ids(answer.body());
        } catch (JsonProcessingException e) {
            findings.add(Invariant.READABLE, "GET %s answered what is no JSON".formatted(path), String.valueOf(e.getMessage()), where);
            return List.of();
        }
    }
}
