package dev.sluice.config.definition;

import dev.sluice.config.json.ExactJson;
import dev.sluice.config.json.Fields;
import dev.sluice.config.json.InvalidFieldException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SlugsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Process new orders     | process-new-orders
            Größe & Straße         | grosse-strasse
            Œuvre Þór Łódź Æsir    | oeuvre-thor-lodz-aesir
            ＦＵＬＬ width ①        | full-width-1
            注文処理                | workflow-[0-9a-f]{8}
            注文処理 2              | 2-[0-9a-f]{8}
            Заказы v2              | v2-[0-9a-f]{8}
            ---                    | workflow-[0-9a-f]{8}
            🎉                     | workflow-[0-9a-f]{8}
            0190B1A0-0000-7000-8000-000000000000 | 0190b1a0-0000-7000-8000-000000000000-[0-9a-f]{8}
            """)
    void anyNameMakesASlug(String name, String slug) {
        assertThat(Slugs.of(name, "workflow")).matches(slug).isEqualTo(Slugs.of(name, "workflow"));
        assertThat(Slugs.isSlug(Slugs.of(name, "workflow"))).isTrue();
    }

    @Test
    void differentNamesMakeDifferentSlugs() {
        assertThat(Slugs.of("注文 2", "workflow")).isNotEqualTo(Slugs.of("出荷 2", "workflow"));
        assertThat(Slugs.of("注".repeat(200) + "a".repeat(200), "workflow")).hasSize(63).contains("aaa-");
        assertThat(Slugs.of("ab ".repeat(60), "workflow")).hasSizeLessThanOrEqualTo(63).doesNotEndWith("-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "A", "a_b", "a.b", "0190b1a0-0000-7000-8000-000000000000", "00000000-0000-0000-0000-000000000000"})
    void whatIsNoSlugOrAnIdIsRefused(String slug) {
        Fields fields = new Fields(ExactJson.object("{\"slug\": \"" + slug + "\"}"));
        assertThat(catchThrowableOfType(InvalidFieldException.class, () -> Slugs.read(fields, "name", "workflow")).path())
                .isEqualTo("slug");
        assertThat(Slugs.isSlug(slug)).isFalse();
    }
}
