package dev.sluice.executor.dispatcher;

import dev.sluice.config.definition.WorkflowVersion;
import dev.sluice.config.id.Uuid7;
import dev.sluice.executor.dispatcher.journal.Appended;
import dev.sluice.executor.dispatcher.journal.Journal;
import dev.sluice.executor.dispatcher.journal.JournalEntry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Starts executions that no webhook asked for: manual runs and replays. They are journalled like any other event. */
public final class Submissions {
    private final Context context;
    private final Journal journal;
    private final Dispatcher dispatcher;
    private final Uuid7 ids;

    /** Submissions through a journal that belongs to the context's event loop. */
    public Submissions(Context context, Journal journal, Dispatcher dispatcher, Uuid7 ids) {
        this.context = context;
        this.journal = journal;
        this.dispatcher = dispatcher;
        this.ids = ids;
    }

    /**
     * What is to run.
     *
     * @param receipt what the event's receipt says of its origin
     * @param headers what stands over the headers of the request
     * @param deadLetter whether it is kept for replay if it fails for good
     * @param request the request whose event runs again; null if there was none
     */
    public record Submission(UUID organizationId, @Nullable UUID customerId, @Nullable UUID triggerId,
            WorkflowVersion workflow, TriggeredBy triggeredBy, Buffer input, Map<String, String> headers,
            JsonObject receipt, boolean deadLetter, @Nullable EventDetails request) {
        /** Something that no request asked for before. */
        public Submission(UUID organizationId, @Nullable UUID customerId, @Nullable UUID triggerId,
                WorkflowVersion workflow, TriggeredBy triggeredBy, Buffer input, Map<String, String> headers,
                JsonObject receipt, boolean deadLetter) {
            this(organizationId, customerId, triggerId, workflow, triggeredBy, input, headers, receipt, deadLetter, null);
        }
    }

    /** A journalled submission; the ending comes only from this node, so wait for it only if it was started here. */
    public record Submitted(UUID eventId, UUID executionId, boolean startedHere, Future<Ending> ending) {}

    /** An execution id to give to {@link #submit}. */
    public UUID newExecutionId() {
        return ids.next();
    }

    /** Journals the submission and starts it; completes after the commit. Any thread may call. */
    public Future<Submitted> submit(UUID executionId, Submission submission) {
        EventDetails request = submission.request();
        EventHeaders headers = request == null ? EventHeaders.NONE : EventHeaders.ofJson(request.headers());
        Event event = new Event(ids.next(), submission.organizationId(), submission.customerId(),
                submission.triggerId(), submission.triggeredBy(), request == null ? "RUN" : request.method(),
                request == null ? "/" : request.path(), request == null ? null : request.query(), headers,
                submission.input(), request == null ? null : request.remoteAddress(), submission.receipt().encode());
        Execution execution = new Execution(executionId, event.organizationId(), event.customerId(), event.id(),
                event.triggerId(), submission.workflow(), submission.triggeredBy(),
                submission.input(), headers, submission.headers(), submission.deadLetter(), null, 1, 0, 1);
        Promise<Submitted> submitted = Promise.promise();
        context.runOnContext(ignored -> append(event, execution).onComplete(submitted));
        return submitted.future();
    }

    private Future<Submitted> append(Event event, Execution execution) {
        boolean leased = dispatcher.tryReserve(1);
        return journal.append(new JournalEntry(event, List.of(execution), leased, null))
                .recover(failure -> {
                    if (leased) {
                        dispatcher.release(1);
                    }
                    return Future.failedFuture(failure);
                })
                .compose(appended -> {
                    if (appended instanceof Appended.Unstorable(var cause)) {
                        if (leased) {
                            dispatcher.release(1);
                        }
                        return Future.failedFuture(cause);
                    }
                    if (!leased) {
                        dispatcher.wake();
                    }
                    Future<Ending> ending = leased
                            ? dispatcher.run(execution)
                            : Future.failedFuture("runs elsewhere or later");
                    return Future.succeededFuture(new Submitted(event.id(), execution.id(), leased, ending));
                });
    }
}
