package dev.sluice.executor.dispatcher.sandbox;

import dev.sluice.executor.sandbox.protocol.CheckResult;
import dev.sluice.executor.sandbox.protocol.ContextMode;
import dev.sluice.executor.sandbox.protocol.Invocation;
import dev.sluice.executor.sandbox.protocol.Language;
import dev.sluice.executor.sandbox.protocol.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static dev.sluice.executor.dispatcher.sandbox.Sandboxed.workflow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Processes that die, hang or are told to go. */
class SandboxLossTest {
    private static final String WAIT = workflow("await fastn.state.get('hang');");

    @Test
    void aKilledProcessLosesItsExecutionsAtOnceAndIsReplaced() {
        try (Sandboxed sandbox = new Sandboxed()) {
            List<CompletableFuture<Outcome>> waiting =
                    Stream.generate(() -> sandbox.start(new Sandboxed.Run(WAIT).invocation())).limit(20).toList();
            // A pending call does not hide that it computes.
            CompletableFuture<Outcome> computing = sandbox.start(
                    new Sandboxed.Run(workflow("fastn.state.get('hang-on'); await 0; for (;;);")).invocation());
            await().until(() -> sandbox.state.seen.size() == 21);
            long pid = sandbox.pool.status().processes().getFirst().pid();
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();

            assertThat(waiting).allSatisfy(outcome -> assertThat(outcome.orTimeout(2, TimeUnit.SECONDS).join())
                    .isInstanceOfSatisfying(Outcome.Lost.class, lost -> assertThat(lost.suspect()).isFalse()));
            assertThat(computing.join())
                    .isInstanceOfSatisfying(Outcome.Lost.class, lost -> assertThat(lost.suspect()).isTrue());
            assertThat(sandbox.pool.status().reserved()).isZero();
            sandbox.awaitReady(1);
            assertThat(sandbox.pool.status().processes().getFirst().pid()).isNotEqualTo(pid);
            assertThat(sandbox.pool.status().restarts()).isEqualTo(1);
            assertThat(sandbox.result(workflow("return 1;"))).isEqualTo("1");
        }
    }

    @Test
    void codeThatCannotBeStoppedCostsTheProcessButNotItsNeighbours() {
        try (Sandboxed sandbox = new Sandboxed()) {
            long pid = sandbox.pool.status().processes().getFirst().pid();
            CompletableFuture<Outcome> neighbour = sandbox.start(new Sandboxed.Run(
                    workflow("await new Promise(done => setTimeout(done, 4000)); return 'finished';")).invocation());
            Outcome outcome = sandbox.run(
                    new Sandboxed.Run(workflow("return String(7n ** 300000000n)")).timeout(Duration.ofMillis(500)));
            assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
            assertThat(Sandboxed.result(neighbour.orTimeout(20, TimeUnit.SECONDS).join())).isEqualTo("\"finished\"");
            await().atMost(30, TimeUnit.SECONDS).until(() -> sandbox.pool.status().ready() == 1
                    && sandbox.pool.status().processes().getFirst().pid() != pid);
            await().atMost(10, TimeUnit.SECONDS).until(() -> ProcessHandle.of(pid).isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "const a = Array.from({ length: 16 }, () => new ArrayBuffer(1.5e7)); return a.length;",
        "const a = []; for (;;) a.push(new Uint8Array(1e6));",
        "const a = []; for (;;) a.push('y'.repeat(1e6) + a.length);",
        "new Array(1e9).fill(0);",
    })
    void runningOutOfMemoryEndsTheHungryOrNamesItTheSuspect(String hungry) {
        SandboxOptions small = Sandboxed.options(ContextMode.WARM, 128);
        try (Sandboxed sandbox = new Sandboxed(small)) {
            CompletableFuture<Outcome> bystander = sandbox.start(new Sandboxed.Run(WAIT).invocation());
            await().until(() -> sandbox.state.seen.size() == 1);
            Outcome outcome = sandbox.run(workflow(hungry));
            switch (outcome) {
                // The heap was gone between two looks of the watchdog.
                case Outcome.Lost lost -> {
                    assertThat(lost.suspect()).isTrue();
                    assertThat(lost.reason()).contains("memory");
                    assertThat(bystander.orTimeout(5, TimeUnit.SECONDS).join()).isInstanceOfSatisfying(
                            Outcome.Lost.class, other -> assertThat(other.suspect()).isFalse());
                }
                // The watchdog was faster: only the hungry one ends.
                case Outcome.Failed failed -> {
                    assertThat(failed.error().name()).isEqualTo("LimitError");
                    assertThat(failed.error().message()).contains("memory");
                    assertThat(bystander).isNotDone();
                }
                default -> throw new AssertionError(outcome);
            }
            sandbox.awaitReady(1);
        }
    }

    @Test
    void aSuspectRunsAloneAndWhatItBreaksIsItsOwn() {
        try (Sandboxed sandbox = new Sandboxed()) {
            Set<Long> before = children();
            CompletableFuture<Outcome> bystander =
                    sandbox.start(new Sandboxed.Run(WAIT).timeout(Duration.ofMinutes(5)).invocation());
            Sandboxed.Run guilty =
                    new Sandboxed.Run(workflow("await fastn.state.get('hang-alone');")).timeout(Duration.ofMinutes(1));

            CompletableFuture<Outcome> alone = sandbox.startAlone(guilty.invocation());
            assertThat(sandbox.pool.status().reserved()).as("takes no slot from the others").isEqualTo(1);
            await().atMost(30, TimeUnit.SECONDS).until(() -> sandbox.state.asked("hang-alone") == 1);
            long own = children().stream().filter(pid -> !before.contains(pid)).findFirst().orElseThrow();

            List<Invocation> more = Stream.generate(guilty::invocation).limit(5).toList();
            List<CompletableFuture<Outcome>> queued = more.stream().map(sandbox::startAlone).toList();
            assertThat(queued.getLast().join()).as("no tenant fills the quarantine").isInstanceOf(Outcome.Postponed.class);
            assertThat(queued.subList(0, 4)).noneMatch(CompletableFuture::isDone);
            more.forEach(one -> sandbox.pool.cancel(one.executionId()));
            assertThat(queued.subList(0, 4)).allSatisfy(outcome -> assertThat(outcome.join()).isInstanceOf(Outcome.Cancelled.class));
            Sandboxed.Run innocent = new Sandboxed.Run(workflow("return 'innocent';"));
            CompletableFuture<Outcome> lengthy = sandbox.startAlone(innocent.timeout(Duration.ofHours(1)).invocation());
            assertThat(Sandboxed.result(lengthy.orTimeout(30, TimeUnit.SECONDS).join()))
                    .as("what may take hours has a lane of its own").isEqualTo("\"innocent\"");
            CompletableFuture<Outcome> second = sandbox.startAlone(innocent.invocation());
            assertThat(second).isNotDone();
            ProcessHandle.of(own).orElseThrow().destroyForcibly();

            assertThat(alone.orTimeout(5, TimeUnit.SECONDS).join()).as("though it held no thread")
                    .isInstanceOfSatisfying(Outcome.Lost.class, lost -> assertThat(lost.suspect()).isTrue());
            assertThat(Sandboxed.result(second.orTimeout(30, TimeUnit.SECONDS).join())).isEqualTo("\"innocent\"");

            CompletableFuture<Outcome> another = sandbox.start(guilty.invocation());
            await().atMost(30, TimeUnit.SECONDS).until(() -> sandbox.state.asked("hang-alone") == 2);
            assertThat(sandbox.pool.status().processes().getFirst().inFlight())
                    .as("a version that was found guilty stays apart").isEqualTo(1);
            sandbox.pool.close(Duration.ZERO);
            assertThat(another.orTimeout(5, TimeUnit.SECONDS).join()).as("a node that stops blames nobody")
                    .isInstanceOfSatisfying(Outcome.Lost.class, lost -> assertThat(lost.suspect()).isFalse());
            assertThat(bystander.orTimeout(5, TimeUnit.SECONDS).join())
                    .isInstanceOfSatisfying(Outcome.Lost.class, lost -> assertThat(lost.suspect()).isFalse());
            assertThat(sandbox.pool.status().restarts()).isZero();
            await().atMost(30, TimeUnit.SECONDS).until(() -> children().stream().noneMatch(before::contains));
        }
    }

    @Test
    void reservesNoMoreThanThereIs() {
        try (Sandboxed sandbox = new Sandboxed()) {
            int capacity = sandbox.pool.status().capacity();
            assertThat(Stream.generate(sandbox.pool::tryReserve).limit(capacity)).containsOnly(true);
            assertThat(sandbox.pool.tryReserve()).isFalse();
            sandbox.pool.release();
            assertThat(sandbox.pool.tryReserve()).isTrue();
        }
    }

    @Test
    void cancelsWhatComputesAndWhatWaits() {
        try (Sandboxed sandbox = new Sandboxed()) {
            for (String code : List.of(WAIT, workflow("await fastn.state.get('x'); for (;;);"))) {
                int seen = sandbox.state.seen.size();
                var invocation = new Sandboxed.Run(code).invocation();
                CompletableFuture<Outcome> outcome = sandbox.start(invocation);
                await().until(() -> sandbox.state.seen.size() > seen);
                sandbox.pool.cancel(invocation.executionId());
                assertThat(outcome.orTimeout(5, TimeUnit.SECONDS).join()).isInstanceOf(Outcome.Cancelled.class);
            }
        }
    }

    @Test
    void closingWaitsForWhatRunsAndLosesTheRest() {
        Sandboxed sandbox = new Sandboxed();
        long pid = sandbox.pool.status().processes().getFirst().pid();
        CompletableFuture<Outcome> quick = sandbox.start(new Sandboxed.Run(
                workflow("await new Promise(done => setTimeout(done, 300)); return 1;")).invocation());
        CompletableFuture<Outcome> slow = sandbox.start(new Sandboxed.Run(WAIT).invocation());
        sandbox.pool.close(Duration.ofSeconds(2));
        assertThat(quick.join()).isInstanceOf(Outcome.Completed.class);
        assertThat(slow.orTimeout(5, TimeUnit.SECONDS).join()).isInstanceOf(Outcome.Lost.class);
        assertThat(sandbox.pool.tryReserve()).isFalse();
        assertThat(sandbox.pool.check("1", Language.JAVASCRIPT).toCompletableFuture().join())
                .isInstanceOf(CheckResult.Unavailable.class);
        await().until(() -> ProcessHandle.of(pid).isEmpty());
    }

    @Test
    void severalProcessesShareTheWork() {
        SandboxOptions one = Sandboxed.options(ContextMode.WARM);
        SandboxOptions two = new SandboxOptions(
                2, 4, 1, one.heapMebibytes(), one.contextMode(), one.warmContexts(), one.limits(), one.javaHome(),
                one.installation(), one.networkIsolation(), one.readyTimeout());
        try (Sandboxed sandbox = new Sandboxed(two)) {
            List<CompletableFuture<Outcome>> waiting =
                    Stream.generate(() -> sandbox.start(new Sandboxed.Run(WAIT).invocation())).limit(8).toList();
            assertThat(sandbox.pool.status().processes()).extracting(PoolStatus.ProcessStatus::inFlight).containsOnly(4);
            ProcessHandle.of(sandbox.pool.status().processes().getFirst().pid()).orElseThrow().destroyForcibly();
            await().until(() -> waiting.stream().filter(CompletableFuture::isDone).count() == 4);
            sandbox.awaitReady(2);
        }
    }

    private static Set<Long> children() {
        return ProcessHandle.current().descendants().filter(child -> child.info().command().orElse("").endsWith("java"))
                .map(ProcessHandle::pid).collect(Collectors.toSet());
    }
}
