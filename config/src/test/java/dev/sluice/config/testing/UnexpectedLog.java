package dev.sluice.config.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * Fails a test at its end if its JVM logged an error or a warning with an exception, or a thread ended by an exception,
 * and the test does not declare it with {@link ExpectsLog}. What a thread logs late fails the next test of the class, or
 * the class.
 *
 * <p>Registered for every test by JUnit's automatic detection, which the build turns on.
 */
public final class UnexpectedLog
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    /** Netty's, when a client is closed while it reconnects: a listener finds no loop to run on, and nothing waits for it. */
    private static final Pattern LOOP_SHUT_DOWN =
            Pattern.compile("rejectedExecution: Failed to submit a listener notification task. Event loop shut down");

    private static final Queue<String> LOGGED = new ConcurrentLinkedQueue<>();
    /** Of the class under test; those of its methods count to its end, for what comes late. */
    private static final List<Pattern> EXPECTED = new CopyOnWriteArrayList<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        EXPECTED.clear();
        listen();
        expect(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        // Again: what is under test may have configured logging anew.
        listen();
        expect(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        verify(context.getDisplayName());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        verify(context.getDisplayName());
    }

    private static void verify(String test) {
        List<String> unexpected = taken();
        if (!unexpected.isEmpty()) {
            throw new AssertionError("logged in the time of " + test + ":\n" + String.join("\n", unexpected));
        }
    }

    /** What was logged since the last time that no test expects. */
    static List<String> taken() {
        List<String> unexpected = new ArrayList<>();
        for (String event = LOGGED.poll(); event != null; event = LOGGED.poll()) {
            String text = event;
            if (!LOOP_SHUT_DOWN.matcher(text).find()
                    && EXPECTED.stream().noneMatch(pattern -> pattern.matcher(text).find())) {
                unexpected.add(text);
            }
        }
        return unexpected;
    }

    private static void expect(ExtensionContext context) {
        context.getElement().map(element -> element.getAnnotation(ExpectsLog.class)).ifPresent(expected -> {
            for (String pattern : expected.value()) {
                EXPECTED.add(Pattern.compile(pattern));
            }
        });
    }

    private static void listen() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text, true));
            LOGGED.add("uncaught in thread " + thread.getName() + ": " + text);
        });
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
            ch.qos.logback.classic.Logger root = logging.getLogger(Logger.ROOT_LOGGER_NAME);
            root.detachAppender(Listener.NAME);
            Listener listener = new Listener();
            listener.setContext(logging);
            listener.start();
            root.addAppender(listener);
        }
    }

    private static final class Listener extends AppenderBase<ILoggingEvent> {
        static final String NAME = "unexpected";

        Listener() {
            setName(NAME);
        }

        @Override
        protected void append(ILoggingEvent event) {
            boolean failed = event.getThrowableProxy() != null;
            if (event.getLevel().isGreaterOrEqual(Level.ERROR)
                    || (failed && event.getLevel().isGreaterOrEqual(Level.WARN))) {
                LOGGED.add(event.getLevel() + " " + event.getLoggerName() + ": " + event.getFormattedMessage()
                        + (failed ? "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy()) : ""));
            }
        }
    }
}
