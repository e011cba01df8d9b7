package dev.sluice.config.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a test, or any of its class, makes the program log as an error. Everything else fails the test. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface ExpectsLog {
    /** Regular expressions; each is found in the level, the message or the exception of what is expected. */
    String[] value();
}
