package dev.sluice.gateway.ingress;

import dev.sluice.gateway.http.BodyFailure;
import dev.sluice.quota.Admission;

/** Why an event is not taken. An expected outcome and so a value; how it is answered is the pipeline's one exit. */
sealed interface Refusal {
    /** What the event is, or how it was sent, rules it out. */
    record Invalid(int status, String detail) implements Refusal {}

    /** Its sender did not prove who it is. */
    record Unauthenticated(String detail) implements Refusal {}

    /** It cannot be taken now; sending it again later makes sense. */
    record Overloaded(String detail) implements Refusal {}

    /** Its body did not come. */
    record NoBody(BodyFailure failure) implements Refusal {}

    /** Its customer or organization has used up a limit, or limits cannot be checked. */
    record OverQuota(Admission admission) implements Refusal {}
}
