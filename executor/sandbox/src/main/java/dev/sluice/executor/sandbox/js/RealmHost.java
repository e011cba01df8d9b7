package dev.sluice.executor.sandbox.js;

import dev.sluice.executor.sandbox.protocol.HostCall;
import dev.sluice.executor.sandbox.protocol.Outcome;

/**
 * What a realm asks of the execution that uses it. Called on the thread that runs the JavaScript, during a turn. Limits
 * are enforced on this side: the realm belongs to the tenant, who may have broken it.
 */
public interface RealmHost {
    /** Number of a call or timer that was refused because too many are pending. */
    int REFUSED = 0;

    /** Whether another console line would be kept at all. */
    boolean keepsLogs();

    /** A console line. */
    void log(Outcome.Level level, String message);

    /** A service is asked for; {@link Realm#settle} brings the answer to the call of this number, or {@link #REFUSED}. */
    int call(HostCall call);

    /** {@link Realm#fire} is due in so many milliseconds, or each time they have passed. The timer's number or {@link #REFUSED}. */
    int setTimer(long delayMillis, boolean repeats);

    /** It is not any more. */
    void clearTimer(int timerId);

    /** The workflow returned. */
    void completed(String resultJson);

    /** The workflow threw. */
    void failed(Outcome.WorkflowError error);

    /** The realm asked for what no working realm asks for: the execution ends, and the realm is not used again. */
    void broken();
}
