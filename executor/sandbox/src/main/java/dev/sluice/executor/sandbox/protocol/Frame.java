package dev.sluice.executor.sandbox.protocol;

import java.util.UUID;

/** One message between a dispatcher and one of its sandboxes. */
public sealed interface Frame {

    /** From the dispatcher. */
    sealed interface ToSandbox extends Frame {}

    /** From the sandbox. */
    sealed interface FromSandbox extends Frame {}

    /** First frame of a sandbox: proves that it is the process the dispatcher started. */
    record Hello(int version, String token, long pid) implements FromSandbox {
        /** The token is a secret. */
        @Override
        public String toString() {
            return "Hello[version=" + version + ", pid=" + pid + "]";
        }
    }

    /** Answer to {@link Hello}. */
    record Configure(Limits limits, ContextMode contextMode, int threads, int warmContexts) implements ToSandbox {}

    /** Warmed up, takes work. */
    record Ready(boolean jit, String engine) implements FromSandbox {}

    /** Run this. Answered by exactly one {@link Ended}. */
    record Start(Invocation invocation) implements ToSandbox {}

    /** End it early. */
    record Cancel(UUID executionId) implements ToSandbox {}

    /** Workflow code asks for a service. Answered by one {@link Reply}, unless the execution ends first. */
    record Call(UUID executionId, int callId, HostCall call) implements FromSandbox {}

    /** Answer to {@link Call}. */
    record Reply(UUID executionId, int callId, HostReply reply) implements ToSandbox {}

    /** An execution is over. */
    record Ended(UUID executionId, Outcome.Ended outcome) implements FromSandbox {}

    /** Compile this. Answered by one {@link Checked}. */
    record Check(int requestId, String code, Language language) implements ToSandbox {
        /** Tenant code stays out of logs. */
        @Override
        public String toString() {
            return "Check[requestId=" + requestId + ", language=" + language + "]";
        }
    }

    /** Answer to {@link Check}. */
    record Checked(int requestId, CheckResult result) implements FromSandbox {}

    /** A thread could not be won back from an execution: give this process no more work and replace it. */
    record Unwell(String reason) implements FromSandbox {}

    /** Are you alive? */
    record Ping(int number) implements ToSandbox {}

    /** Answer to {@link Ping}. */
    record Pong(int number) implements FromSandbox {}
}
