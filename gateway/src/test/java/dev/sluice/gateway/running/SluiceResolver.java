package dev.sluice.gateway.running;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Gives tests one node that they share, started by the first that asks and ended after the last. Tests keep apart by the
 * names of what they create; one that stops, kills or fills up its node starts its own. A test fails if the node logged
 * what it does not expect.
 */
public final class SluiceResolver implements ParameterResolver, AfterEachCallback, AfterAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(SluiceResolver.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningSluice.class;
    }

    @Override
    public RunningSluice resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(RunningSluice.class, key -> {
            try {
                return RunningSluice.start(Map.of());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, RunningSluice.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        verify(context);
    }

    /** What is logged late is found here, or with the next class. */
    @Override
    public void afterAll(ExtensionContext context) {
        verify(context);
    }

    private static void verify(ExtensionContext context) {
        RunningSluice sluice = context.getRoot().getStore(NAMESPACE).get(RunningSluice.class, RunningSluice.class);
        if (sluice != null) {
            sluice.requireNothingUnexpectedLogged();
        }
    }
}
