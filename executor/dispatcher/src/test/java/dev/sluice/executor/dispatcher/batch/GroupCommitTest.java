package dev.sluice.executor.dispatcher.batch;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import static org.assertj.core.api.Assertions.assertThat;

class GroupCommitTest {
    private final List<List<String>> written = new ArrayList<>();
    private final List<Promise<List<String>>> writes = new ArrayList<>();

    @Test
    void theFirstGoesOutAtOnceAndTheRestTogetherAfterIt() {
        GroupCommit<String, String> commits = commits(new Bounds(1, 256, 1000, 100, 1000));

        List<Future<String>> answers = append(commits, "a", "b", "c");
        assertThat(written).containsExactly(List.of("a"));
        complete(0);
        assertThat(written).containsExactly(List.of("a"), List.of("b", "c"));
        assertThat(answers.get(0).result()).isEqualTo("done a");
        assertThat(answers.get(1).isComplete()).as("told before it was written").isFalse();
        complete(1);

        assertThat(answers).extracting(Future::result).containsExactly("done a", "done b", "done c");
    }

    @Test
    void aBatchIsCutByItemsAndByBytesAndKeepsTheOrder() {
        GroupCommit<String, String> commits = commits(new Bounds(1, 3, 6, 100, 1000));

        append(commits, "first", "1", "2", "3", "4", "big-one", "xx", "yyyyy");
        for (int i = 0; i < written.size(); i++) {
            complete(i);
        }

        assertThat(written).containsExactly(
                List.of("first"), List.of("1", "2", "3"), List.of("4"), List.of("big-one"), List.of("xx"), List.of("yyyyy"));
    }

    @Test
    void anotherWriteBeginsWhenEnoughWaitsForIt() {
        GroupCommit<String, String> commits = commits(new Bounds(2, 256, 1000, 100, 1000));

        append(commits, "first");
        for (int i = 0; i < 23; i++) {
            append(commits, "x");
        }
        assertThat(written).containsExactly(List.of("first"));
        append(commits, "x");
        assertThat(written).hasSize(2);
        assertThat(written.get(1)).hasSize(24);
        for (int i = 0; i < 30; i++) {
            append(commits, "y");
        }
        assertThat(written).as("more writes than two at once").hasSize(2);
        complete(1);

        assertThat(written).hasSize(3);
        assertThat(commits.pending()).isZero();
    }

    @Test
    void itemsOfManyThreadsAreEachWrittenOnce() throws InterruptedException {
        List<String> all = Collections.synchronizedList(new ArrayList<>());
        GroupCommit<String, String> commits = new GroupCommit<>(
                Runnable::run, new Bounds(2, 7, 1000, 100_000, 1 << 20), String::length, batch -> {
                    all.addAll(batch);
                    return Future.succeededFuture(batch);
                });
        List<Thread> threads = new ArrayList<>();
        Queue<Future<String>> answers = new ConcurrentLinkedQueue<>();
        for (int t = 0; t < 4; t++) {
            int thread = t;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 5_000; i++) {
                    answers.add(commits.append(thread + "-" + i));
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(all).hasSize(20_000).doesNotHaveDuplicates();
        assertThat(answers).allMatch(Future::succeeded);
        assertThat(commits.pending()).isZero();
    }

    @Test
    void whatDoesNotFitIsRefusedAtOnceUntilThereIsRoom() {
        GroupCommit<String, String> commits = commits(new Bounds(1, 256, 1000, 2, 1000));

        append(commits, "in flight", "a", "b");
        assertThat(commits.isFull()).isTrue();
        assertThat(commits.pending()).isEqualTo(2);
        assertThat(append(commits, "c").getFirst().cause()).isInstanceOf(BacklogFullException.class);
        complete(0);

        assertThat(commits.isFull()).isFalse();
        assertThat(append(commits, "d").getFirst().isComplete()).isFalse();
        complete(1);
        assertThat(written).last().isEqualTo(List.of("d"));
    }

    @Test
    void bytesCountUntilTheyAreWritten() {
        GroupCommit<String, String> commits = commits(new Bounds(1, 256, 1000, 100, 10));

        append(commits, "0123456789");
        assertThat(commits.isFull()).as("what is being written is still held").isTrue();
        assertThat(append(commits, "x").getFirst().failed()).isTrue();
        complete(0);

        assertThat(commits.isFull()).isFalse();
        assertThat(append(commits, "x").getFirst().failed()).isFalse();
    }

    @Test
    void aBatchThatFailsTakesNoOtherWithIt() {
        GroupCommit<String, String> commits = commits(new Bounds(1, 1, 1000, 100, 1000));

        List<Future<String>> answers = append(commits, "a", "b");
        writes.getFirst().fail("gone");
        complete(1);

        assertThat(answers.get(0).cause()).hasMessage("gone");
        assertThat(answers.get(1).result()).isEqualTo("done b");
    }

    @Test
    void aWriterThatThrowsFailsItsBatchOnly() {
        GroupCommit<String, String> commits = new GroupCommit<>(Runnable::run, new Bounds(1, 1, 10, 10, 100), String::length, batch -> {
            if (batch.contains("bad")) {
                throw new IllegalStateException("cannot be encoded");
            }
            return Future.succeededFuture(batch);
        });

        List<Future<String>> answers = append(commits, "bad", "good");

        assertThat(answers.get(0).cause()).hasMessage("cannot be encoded");
        assertThat(answers.get(1).result()).isEqualTo("good");
    }

    private GroupCommit<String, String> commits(Bounds bounds) {
        return new GroupCommit<>(Runnable::run, bounds, String::length, batch -> {
            written.add(batch);
            writes.add(Promise.promise());
            return writes.getLast().future();
        });
    }

    private void complete(int write) {
        writes.get(write).complete(written.get(write).stream().map(item -> "done " + item).toList());
    }

    private static List<Future<String>> append(GroupCommit<String, String> commits, String... items) {
        List<Future<String>> answers = new ArrayList<>();
        for (String item : items) {
            answers.add(commits.append(item));
        }
        return answers;
    }
}
