package dev.sluice.executor.sandbox.js;

import dev.sluice.executor.sandbox.protocol.Limits;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.IOAccess;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The one engine of the process and the contexts made from it.
 *
 * <p>Contexts get exactly what GraalVM's CONSTRAINED policy demands: no host classes, files, sockets, threads,
 * processes, environment or other languages, and redirected streams. The policy's own switch is left alone, because it
 * also forbids the options that bound strings and typed arrays, and without these one expression can exhaust the heap
 * before any watchdog looks.
 */
public final class JavaScript implements AutoCloseable {
    /** The name that stack traces carry for a workflow's code. */
    public static final String FILE = "workflow.js";

    private static final String ID = "js";
    private static final String MODULE = "application/javascript+module";
    private static final int STRING_CHARACTERS = 16 << 20;
    private static final int TYPED_ARRAY_BYTES = 16 << 20;

    private final Engine engine;
    private final Source primordials = resource("primordials.js");
    private final Source prelude = resource("prelude.js");
    private final List<Source> additions = List.of(resource("web.js"), resource("url.js"));
    private final Limits limits;

    /** Starts the engine. */
    public JavaScript(Limits limits) {
        this.limits = limits;
        engine = Engine.newBuilder(ID)
                .allowExperimentalOptions(true)
                .in(InputStream.nullInputStream())
                .out(OutputStream.nullOutputStream())
                .err(OutputStream.nullOutputStream())
                .option("engine.WarnInterpreterOnly", "false")
                .option("js.esm-eval-returns-exports", "true")
                .option("js.text-encoding", "true")
                .option("js.load", "false")
                .option("js.print", "false")
                .option("js.console", "false")
                .option("js.graal-builtin", "false")
                .option("js.polyglot-builtin", "false")
                .option("js.java-package-globals", "false")
                .option("js.shared-array-buffer", "false")
                .option("js.atomics", "false")
                .option("js.string-length-limit", Integer.toString(STRING_CHARACTERS))
                .option("js.max-typed-array-length", Integer.toString(TYPED_ARRAY_BYTES))
                .option("js.stack-trace-limit", "20")
                .build();
    }

    /** Which implementation runs the code, as the engine names itself. */
    public String implementation() {
        return engine.getImplementationName();
    }

    /** Whether hot code becomes machine code. */
    public boolean jit() {
        return !implementation().equals("Interpreted");
    }

    /** A workflow's code, ready to be loaded into realms. Parsed once, however many realms load it. */
    public static Source program(String code) {
        return source(code, FILE, MODULE);
    }

    /** A context without workflow code; belongs to nobody yet. */
    public Realm realm() {
        Context context = context();
        try {
            return new Realm(context, primordials, prelude, additions, limits);
        } catch (RuntimeException e) {
            context.close(true);
            throw e;
        }
    }

    /** A bare context, for work on code that does not run it. */
    Context context() {
        return Context.newBuilder(ID)
                .engine(engine)
                .allowHostAccess(HostAccess.CONSTRAINED)
                .allowHostClassLookup(null)
                .allowHostClassLoading(false)
                .allowPolyglotAccess(PolyglotAccess.NONE)
                .allowEnvironmentAccess(EnvironmentAccess.NONE)
                .allowIO(IOAccess.NONE)
                .allowNativeAccess(false)
                .allowCreateThread(false)
                .allowCreateProcess(false)
                .allowInnerContextOptions(false)
                .allowValueSharing(false)
                .build();
    }

    @Override
    public void close() {
        engine.close(true);
    }

    private static Source resource(String name) {
        try (InputStream in = JavaScript.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the sandbox");
            }
            // Marked internal, so that its frames stay out of what users read.
            return Source.newBuilder(ID, new String(in.readAllBytes(), StandardCharsets.UTF_8), name)
                    .internal(true)
                    .buildLiteral();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Source source(String code, String name, String mime) {
        return Source.newBuilder(ID, code, name).mimeType(mime).buildLiteral();
    }
}
