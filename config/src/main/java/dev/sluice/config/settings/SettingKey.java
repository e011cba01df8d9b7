package dev.sluice.config.settings;

import java.util.Locale;

/** The name of a setting and what its value may be. */
record SettingKey<T>(String name, SettingType<T> type) {
    static final String ENVIRONMENT_PREFIX = "SLUICE_";

    /** The variable that sets this key: the name in upper case, dots and dashes as underscores. */
    String environmentVariable() {
        return ENVIRONMENT_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
