package dev.sluice.executor.sandbox.js;

import dev.sluice.executor.sandbox.protocol.HostCall;
import dev.sluice.executor.sandbox.protocol.Outcome;

/** What a realm asks of the execution that uses it. Called on the thread that runs the JavaScript, during a turn. */
public interface RealmHost {
    /** Whether another console line would be kept at all. */
    boolean keepsLogs();

    /** A console line. */
    void log(Outcome.Level level, String message);

    /** A service is asked for; {@link Realm#settle} brings the answer. */
    void call(int callId, HostCall call);

    /** {@link Realm#fire} is due in so many milliseconds. */
    void setTimer(int timerId, long delayMillis);

    /** It is not any more. */
    void clearTimer(int timerId);

    /** The workflow returned. */
    void completed(String resultJson);

    /** The workflow threw. */
    void failed(Outcome.WorkflowError error);
}
