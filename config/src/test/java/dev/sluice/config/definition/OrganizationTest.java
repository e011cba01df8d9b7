package dev.sluice.config.definition;

import dev.sluice.config.id.Uuid7;
import dev.sluice.config.id.Uuids;
import dev.sluice.config.json.Fields;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class OrganizationTest {
    private final Uuid7 ids = new Uuid7();

    /** No such slug can be saved; were it there all the same, it would still not be found in the place of the id. */
    @Test
    void anIdIsNeverFoundAsASlug() {
        Customer victim = customer("victim");
        Customer impostor = customer(victim.id().toString());
        Organization organization = new Organization(ids.next(), "free", ZoneOffset.UTC, Limits.NONE, Limits.NONE,
                Map.of(victim.id(), victim, impostor.id(), impostor), Map.of("victim", victim, impostor.slug(), impostor),
                Map.of(), Map.of(), Map.of());

        assertThat(organization.customer(victim.id())).isEqualTo(victim);
        assertThat(organization.customer(victim.id().toString())).isEqualTo(victim);
        assertThat(organization.customer(victim.id().toString().toUpperCase(Locale.ROOT))).isEqualTo(victim);
        assertThat(organization.customer("victim")).isEqualTo(victim);
        assertThat(organization.customersBySlug().get(victim.id().toString())).as("control: one map for both").isEqualTo(impostor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1-1-1-1-1", "0190b1a000007000800000000000000", "{0190b1a0-0000-7000-8000-000000000000}",
        "0190b1a0-0000-7000-8000-00000000000g", "0190b1a0-0000-7000-8000-00000000000\u0661", "+190b1a0-0000-7000-8000-000000000000"})
    void onlyWhatIsWrittenOutInFullIsAnId(String text) {
        assertThat(Uuids.parse(text)).isNull();
    }

    @Test
    void aNameThatIsAnIdMakesASlugThatIsNone() {
        UUID id = ids.next();
        assertThat(Slugs.read(new Fields(new JsonObject()), id.toString(), "customer")).startsWith(id + "-");
    }

    private Customer customer(String slug) {
        return new Customer(ids.next(), ids.next(), slug, true, Limits.NONE);
    }
}
