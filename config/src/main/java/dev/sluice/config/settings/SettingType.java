package dev.sluice.config.settings;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a setting's value may be.
 *
 * @param allowed completes the sentence "allowed is …"
 * @param secret whether a value may contain a password
 * @param parser the value of a text, or nothing for one that is not allowed
 */
record SettingType<T>(String allowed, boolean secret, Function<String, Optional<T>> parser) {
    SettingType(String allowed, Function<String, Optional<T>> parser) {
        this(allowed, false, parser);
    }
}
