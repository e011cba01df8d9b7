package dev.sluice.gateway.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/** An import runs only downwards: gateway, executor, quota, config. */
@AnalyzeClasses(packages = "dev.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class ImportDirectionTest {
    private static final String CONFIG = "dev.sluice.config..";
    private static final String QUOTA = "dev.sluice.quota..";
    private static final String EXECUTOR = "dev.sluice.executor..";
    private static final String DISPATCHER = "dev.sluice.executor.dispatcher..";
    private static final String SANDBOX = "dev.sluice.executor.sandbox..";
    private static final String PROTOCOL = "dev.sluice.executor.sandbox.protocol..";
    private static final String GATEWAY = "dev.sluice.gateway..";
    private static final String BENCHMARKS = "dev.sluice.benchmarks..";
    private static final String INGRESS = "dev.sluice.gateway.ingress..";
    private static final String FILTER = "dev.sluice.gateway.filter..";
    private static final String API = "dev.sluice.gateway.api..";
    private static final String HTTP = "dev.sluice.gateway.http..";
    private static final String CLI = "dev.sluice.gateway.cli..";

    @ArchTest
    static final ArchRule configSeesNothingAbove = never(CONFIG, QUOTA, EXECUTOR, GATEWAY, BENCHMARKS);

    @ArchTest
    static final ArchRule quotaSeesNothingAbove = never(QUOTA, EXECUTOR, GATEWAY, BENCHMARKS);

    @ArchTest
    static final ArchRule executorSeesNothingAbove = never(EXECUTOR, GATEWAY, BENCHMARKS);

    @ArchTest
    static final ArchRule gatewaySeesNothingAbove = never(GATEWAY, BENCHMARKS);

    /** The sandbox's process has nothing else on its class path. */
    @ArchTest
    static final ArchRule sandboxSeesOnlyItselfAndTheJavaScriptEngine = classes().that().resideInAPackage(SANDBOX)
            .should().onlyDependOnClassesThat()
            .resideInAnyPackage(SANDBOX, "java..", "javax..", "com.sun.management..", "org.graalvm..", "com.oracle.js.parser..",
                    "com.oracle.truffle..", "org.jspecify..");

    /** Tenants' code never runs in the gateway's process, so nothing there touches what runs it. */
    @ArchTest
    static final ArchRule othersSeeOnlyTheSandboxesProtocol = noClasses().that().resideOutsideOfPackage(SANDBOX)
            .should().dependOnClassesThat().resideInAnyPackage(
                    "dev.sluice.executor.sandbox", "dev.sluice.executor.sandbox.run..", "dev.sluice.executor.sandbox.js..",
                    "org.graalvm..", "com.oracle..");

    @ArchTest
    static final ArchRule protocolSeesNothingOfTheSandbox = classes().that().resideInAPackage(PROTOCOL)
            .should().onlyDependOnClassesThat().resideInAnyPackage(PROTOCOL, "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule filtersArePure = classes().that().resideInAPackage(FILTER)
            .should().onlyDependOnClassesThat()
            .resideInAnyPackage(FILTER, "java..", "jdk.incubator.vector..", "com.google.re2j..", "org.jspecify..");

    @ArchTest
    static final ArchRule dispatcherSeesNoHttp = noClasses().that().resideInAPackage(DISPATCHER)
            .should().dependOnClassesThat().resideInAnyPackage("io.vertx.core.http..", "io.vertx.ext.web..");

    @ArchTest
    static final ArchRule ingressSeesNothingOfTheApi = never(INGRESS, API, CLI);

    @ArchTest
    static final ArchRule whatAllHttpHasInCommonSeesNoUseOfIt = never(HTTP, INGRESS, API, CLI);

    @ArchTest
    static final ArchRule apiSeesNothingOfTheCommandLine = never(API, CLI);

    /** Rules about packages that are empty, or not on the class path, would hold for no reason. */
    @ArchTest
    static void everyPackageNamedHereIsLookedAt(JavaClasses imported) {
        for (String name : new String[] {CONFIG, QUOTA, DISPATCHER, SANDBOX, PROTOCOL, INGRESS, FILTER, API, HTTP, CLI}) {
            String prefix = name.substring(0, name.length() - 2);
            assertThat(imported.stream().filter(type -> type.getPackageName().startsWith(prefix))).as(name).isNotEmpty();
        }
    }

    private static ArchRule never(String from, String... to) {
        return noClasses().that().resideInAPackage(from).should().dependOnClassesThat().resideInAnyPackage(to);
    }
}
