package dev.sluice.executor.sandbox.js;

import dev.sluice.executor.sandbox.protocol.HostReply;
import dev.sluice.executor.sandbox.protocol.Limits;
import dev.sluice.executor.sandbox.protocol.Outcome;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * One JavaScript context: its globals, and once loaded the module of one workflow version. Used by one execution at a
 * time, on one thread at a time; only {@link #kill} may come from another. Queued promise jobs run before a method
 * returns, so a method may run for as long as the workflow likes.
 *
 * <p>What workflow code throws arrives at the host as {@link RealmHost#failed}. What ends the context itself is thrown:
 * {@link PolyglotException} with {@code isCancelled} or {@code isResourceExhausted}.
 */
public final class Realm implements AutoCloseable {
    private final Context context;
    private final HostBridge bridge = new HostBridge();
    private final Value start;
    private final Value settle;
    private final Value fire;
    private final Value fail;
    private final Value reset;
    private @Nullable Value handler;

    Realm(Context context, Scripts scripts, Limits limits) {
        this.context = context;
        Value primordials = context.eval(scripts.primordials()).execute();
        Value inspector = context.eval(scripts.inspect()).execute(primordials);
        Value describe = context.eval(scripts.thrown()).execute(primordials, inspector);
        ProxyObject bounds = ProxyObject.fromMap(Map.of(
                "logBytes", limits.logBytes(),
                "pendingTimers", limits.pendingTimers(),
                "pendingHostCalls", limits.pendingHostCalls()));
        Value control = context.eval(scripts.prelude())
                .execute(bridge, bounds, primordials, inspector, describe, context.eval(scripts.console()));
        scripts.additions().forEach(addition -> context.eval(addition).executeVoid(control, primordials));
        start = control.getMember("start");
        settle = control.getMember("settle");
        fire = control.getMember("fire");
        fail = control.getMember("fail");
        reset = control.getMember("reset");
    }

    /** Whether a module has been loaded, so that only the handler has to run. */
    public boolean loaded() {
        return handler != null;
    }

    /** From here on, what code asks for goes to {@code host}. */
    public void attach(RealmHost host) {
        bridge.attach(host);
    }

    /** Evaluates the module (once in the life of a realm) and starts its handler. */
    public void start(Source program, String metaJson, String body) {
        guarded(() -> {
            Value function = handler;
            if (function == null) {
                function = context.eval(program).getMember("default");
                handler = function;
            }
            start.executeVoid(function, metaJson, body);
        });
    }

    /** Brings the answer to a call. */
    public void settle(int callId, HostReply reply) {
        guarded(() -> {
            switch (reply) {
                case HostReply.Value(String json) -> settle.executeVoid(callId, true, null, json);
                case HostReply.Refused(String name, String message) ->
                    settle.executeVoid(callId, false, name, message);
            }
        });
    }

    /** Runs the callback of a timer that is due. */
    public void fire(int timerId) {
        guarded(() -> fire.executeVoid(timerId));
    }

    /** Forgets the execution. */
    public void reset() {
        reset.executeVoid();
        bridge.detach();
    }

    /** Ends whatever runs in it and frees it. Blocks until the code has stopped, which it may never do. */
    public void kill() {
        context.close(true);
    }

    /** Frees an idle realm. */
    @Override
    public void close() {
        context.close(true);
    }

    /** Errors of the workflow go through the prelude, which alone can look at them; the rest is the caller's. */
    private void guarded(Runnable code) {
        try {
            code.run();
        } catch (PolyglotException e) {
            if (e.isCancelled() || e.isResourceExhausted() || e.isInternalError() || e.isHostException()) {
                throw e;
            }
            Value thrown = e.getGuestObject();
            if (e.isSyntaxError()) {
                bridge.failed(syntaxError(e));
            } else if (thrown == null) {
                bridge.failed(new Outcome.WorkflowError("Error", String.valueOf(e.getMessage()), null));
            } else {
                fail.executeVoid(thrown);
            }
        }
    }

    private static Outcome.WorkflowError syntaxError(PolyglotException e) {
        SyntaxProblem problem = SyntaxProblem.of(e);
        return new Outcome.WorkflowError("SyntaxError", problem.message(), problem.stack());
    }
}
