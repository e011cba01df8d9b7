package dev.sluice.quota.redis;

import dev.sluice.quota.Admission;
import dev.sluice.quota.Kind;
import dev.sluice.quota.Subject;
import dev.sluice.quota.ledger.Charge;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Requests of one kind of one customer under the same limits, decided together: first come, first admitted. */
final class Group {
    private final Subject subject;
    private final Kind kind;
    private final Charge charge;
    private final List<CompletableFuture<Admission>> answers = new ArrayList<>(4);
    private int wanted;

    Group(Subject subject, Kind kind, Charge charge) {
        this.subject = subject;
        this.kind = kind;
        this.charge = charge;
    }

    Subject subject() {
        return subject;
    }

    Kind kind() {
        return kind;
    }

    Charge charge() {
        return charge;
    }

    /** Notes how many are taken besides those that ask, and answers how many that makes. */
    int want(int ahead) {
        wanted = answers.size() + ahead;
        return wanted;
    }

    int wanted() {
        return wanted;
    }

    List<CompletableFuture<Admission>> answers() {
        return answers;
    }

    CompletableFuture<Admission> join() {
        CompletableFuture<Admission> answer = new CompletableFuture<>();
        answers.add(answer);
        return answer;
    }
}
