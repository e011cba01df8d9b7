package dev.sluice.executor.sandbox.run;

import dev.sluice.executor.sandbox.protocol.Frame;
import dev.sluice.executor.sandbox.protocol.Limits;
import dev.sluice.executor.sandbox.protocol.Outcome;

import java.time.Clock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What executions share. */
record Services(
        Limits limits,
        Clock clock,
        TurnPool turns,
        Timers timers,
        Realms realms,
        Programs programs,
        Reaper reaper,
        Consumer<Frame.FromSandbox> outgoing,
        BiConsumer<Execution, Outcome.Ended> onEnd,
        Consumer<String> complaints) {

    void ended(Execution execution, Outcome.Ended outcome) {
        onEnd.accept(execution, outcome);
    }

    void complain(String message) {
        complaints.accept(message);
    }
}
