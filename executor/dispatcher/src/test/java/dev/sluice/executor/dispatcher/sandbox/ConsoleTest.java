package dev.sluice.executor.dispatcher.sandbox;

import dev.sluice.executor.sandbox.protocol.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static dev.sluice.executor.dispatcher.sandbox.Sandboxed.workflow;
import static org.assertj.core.api.Assertions.assertThat;

/** What the log shows of values: all of it, or a mark where something is left out. */
class ConsoleTest {
    private static Sandboxed sandbox;

    @BeforeAll
    static void start() {
        sandbox = new Sandboxed();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "const a = { x: 1 }; console.log([a, a]) | [ { x: 1 }, { x: 1 } ]",
        "const a = {}; a.self = a; a.list = [a]; console.log(a) | { self: [Circular], list: [ [Circular] ] }",
        "const a = [1]; a.push(a, new Map([[a, a]])); console.log(a) | [ 1, [Circular], Map(1) { [Circular] => [Circular] } ]",
        "console.log('text', ['text', \"it's\", 'a\\n\\t\\\\\\x00']) | text [ 'text', \"it's\", 'a\\n\\t\\\\\\x00' ]",
        "console.log({ a: undefined, b: null, c: true }, undefined, null, false) | { a: undefined, b: null, c: true } undefined null false",
        "console.log([NaN, -0, 0, Infinity, -Infinity, 1.5, 1e21], NaN, -0) | [ NaN, -0, 0, Infinity, -Infinity, 1.5, 1e+21 ] NaN -0",
        "console.log(10n, [2n], Symbol('s'), { [Symbol('k')]: Symbol.iterator }) | 10n [ 2n ] Symbol(s) { [Symbol(k)]: Symbol(Symbol.iterator) }",
        "console.log({ 'a-b': 1, a_b: 2, 7: 3, '': 4 }) | { '7': 3, 'a-b': 1, a_b: 2, '': 4 }",
        "console.log(function f() {}, () => 1, async () => 1, class A {}, class B extends Map {}) | [Function: f] [Function (anonymous)] [AsyncFunction (anonymous)] [class A] [class B extends Map]",
        "console.log([function* g() {}, async function* h() {}, class {}, Object.assign(() => 1, { a: 1 }), { classify() {} }.classify]) | [ [GeneratorFunction: g], [AsyncGeneratorFunction: h], [class (anonymous)], [Function (anonymous)] { a: 1 }, [Function: classify] ]",
        "console.log({ r: /a\\/b/giu, d: new Date(0), i: new Date(NaN) }) | { r: /a\\/b/giu, d: 1970-01-01T00:00:00.000Z, i: Invalid Date }",
        "console.log(new Map([['k', { a: [1] }]]), new Set([1, 'x', new Set()]), new Map()) | Map(1) { 'k' => { a: [ 1 ] } } Set(3) { 1, 'x', Set(0) {} } Map(0) {}",
        "console.log(new Uint8Array([1, 255]), new Float64Array([1.5, -0]), new BigInt64Array(1)) | Uint8Array(2) [ 1, 255 ] Float64Array(2) [ 1.5, -0 ] BigInt64Array(1) [ 0n ]",
        "console.log(new Uint8Array([1, 255]).buffer, new DataView(new ArrayBuffer(2), 1)) | ArrayBuffer { [Uint8Contents]: <01 ff>, byteLength: 2 } DataView { byteLength: 1, byteOffset: 1, [Uint8Contents]: <00> }",
        "class Point { constructor() { this.x = 1; } get y() { return 2; } } console.log(new Point(), [new (class extends Point {})()]) | Point { x: 1 } [ Point { x: 1 } ]",
        "class Bag extends Map {} class Row extends Array {} console.log(new Bag([[1, 2]]), Row.of(1, 2)) | Bag(1) { 1 => 2 } Row(2) [ 1, 2 ]",
        "const n = Object.create(null); n.a = 1; console.log(n, Object.create(null)) | [Object: null prototype] { a: 1 } [Object: null prototype] {}",
        "console.log([new Number(-0), new String('s'), new Boolean(false), Object(1n), Object(Symbol('q'))]) | [ [Number: -0], [String: 's'], [Boolean: false], [BigInt: 1n], [Symbol: Symbol(q)] ]",
        "const s = [1, , , 4]; s.name = 'x'; console.log(s, new Array(2), [undefined]) | [ 1, <2 empty items>, 4, name: 'x' ] [ <2 empty items> ] [ undefined ]",
        "console.log({ get a() { throw 1 }, set b(v) {}, get c() { return 1 }, set c(v) {} }) | { a: [Getter], b: [Setter], c: [Getter/Setter] }",
        "console.log(Promise.resolve(1), new WeakMap(), new WeakSet(), (function () { return arguments })(1)) | Promise { <state unknown> } WeakMap { <items unknown> } WeakSet { <items unknown> } { '0': 1 }",
        "console.log(new Proxy({ a: 1 }, {}), new Proxy([1], {}), new Proxy(() => 1, {})) | { a: 1 } [ 1 ] [Function (anonymous)]",
        "console.log({ toJSON() { return 'lie' }, toString() { return 'lie' } }) | { toJSON: [Function: toJSON], toString: [Function: toString] }",
        "console.log(new URL('https://a.b/c?d=1'), [new URLSearchParams('a=1')], Math, JSON) | URL { 'https://a.b/c?d=1' } [ URLSearchParams { 'a=1' } ] Object [Math] {} Object [JSON] {}",
        "console.log('%s is %d, %i, %f', 'x', 1.5, '42px', '2.5e1!', 'more', { a: 1 }) | x is 1.5, 42, 25 more { a: 1 }",
        "console.log('%j %o %O %c%%', { a: [1] }, { b: 'x' }, [2], 'color: red') | {\"a\":[1]} { b: 'x' } [ 2 ] %",
        "console.log('%d %d %s %s %x', 7n, {}, -0, { a: 1 }) | 7n NaN -0 { a: 1 } %x",
        "console.log('100%', 1, '%s'); | 100% 1 %s",
        "console.log('50%%') | 50%%",
        "console.log('%s %s', 1) | 1 %s",
        "console.log() | ",
        "console.clear(); console.dir('x') | 'x'",
        "console.assert(true, 'no'); console.assert(1 > 2, 'one %s', 'two') | Assertion failed: one two",
        "console.count(); console.count('a'); console.count(); console.countReset(); console.count() | default: 1¶a: 1¶default: 2¶default: 1",
        "console.countReset('x') | Count for 'x' does not exist",
        "console.time('t'); console.time('t'); console.timeEnd('t'); console.timeEnd('t') | Label 't' already exists for console.time()¶t: 0ms¶No such label 't' for console.timeEnd()",
        "console.time(); console.timeLog(undefined, { a: 1 }, 'b') | default: 0ms { a: 1 } b",
        "console.group('one'); console.log('two\\nlines'); console.groupCollapsed(); console.info([3]); console.groupEnd(); console.groupEnd(); console.groupEnd(); console.log('out') | one¶  two⏎  lines¶    [ 3 ]¶out",
    })
    void showsWhatIsThere(String code, String expected) {
        List<String> lines = lines(code);
        assertThat(String.join("¶", lines).replace("\n", "⏎").replaceAll("\\d+ms", "0ms"))
                .isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void showsErrorsWithAllTheyCarry() {
        assertThat(lines("""
                class HttpError extends Error {}
                const e = Object.assign(new HttpError('outer', { cause: new TypeError('inner') }), { code: 'E1' });
                console.log({ e }); console.error(new AggregateError([new RangeError('one')], 'all')); console.warn(new Error())
                """)).satisfiesExactly(
                    nested -> assertThat(nested).startsWith("{ e: HttpError: outer\n    at ").contains("workflow.js:3")
                            .contains("code: 'E1'").contains("[cause]: TypeError: inner\n    at "),
                    gathered -> assertThat(gathered).startsWith("AggregateError: all\n").contains("[errors]: [ RangeError: one\n"),
                    bare -> assertThat(bare).startsWith("Error\n    at "));
    }

    @Test
    void drawsTables() {
        assertThat(lines("console.table([{ a: 1, b: 'x' }, { b: true, c: {} }, 7])")).singleElement().isEqualTo("""
                ┌─────────┬───┬──────┬────┬────────┐
                │ (index) │ a │ b    │ c  │ Values │
                ├─────────┼───┼──────┼────┼────────┤
                │ 0       │ 1 │ 'x'  │    │        │
                │ 1       │   │ true │ {} │        │
                │ 2       │   │      │    │ 7      │
                └─────────┴───┴──────┴────┴────────┘""");
        assertThat(lines("console.table({ r: { a: 1, b: 2 } }, ['b'])").getFirst()).contains("│ r       │ 2 │").doesNotContain("a");
        assertThat(lines("console.table(new Map([['k', 1]])); console.table(new Set([{ x: 1 }])); console.table('text')"))
                .satisfiesExactly(
                    map -> assertThat(map).contains("│ (index) │ Key │ Values │").contains("│ 0       │ 'k' │ 1      │"),
                    set -> assertThat(set).contains("│ 0       │ 1 │"),
                    text -> assertThat(text).isEqualTo("text"));
        assertThat(lines("console.table(Array.from({ length: 3e3 }, (_, i) => i))").getFirst()).startsWith("┌");
    }

    @Test
    void tracesTheWorkflowsOwnFrames() {
        assertThat(lines("function here() { console.trace('at %s', 'work') } here()")).singleElement().satisfies(trace ->
                assertThat(trace).startsWith("Trace: at work\n    at here (workflow.js:2").doesNotContain("console.js"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "console.log(Array.from({ length: 700 }, () => 1)) | ... 200 more items ]",
        "console.log(Object.fromEntries(Array.from({ length: 600 }, (_, i) => ['k' + i, 0])), 1) | ... 100 more entries }",
        "console.log(new Set(Array.from({ length: 501 }, (_, i) => i))) | ... 1 more item }",
        "console.log(new Map(Array.from({ length: 502 }, (_, i) => [i, 0]))) | ... 2 more entries }",
        "console.log(new Uint8Array(800)) | ... 300 more items ]",
        "console.log(new ArrayBuffer(100)) | 00 ... 36 more bytes>, byteLength: 100 }",
        "const a = []; a[4e9] = 1; console.log(a) | more items ]",
        "let d = []; for (let i = 0; i < 100; i++) d = [d]; console.log(d) | [Array: deeper than 10 levels]",
        "let d = {}; for (let i = 0; i < 20; i++) d = { d }; console.log(d) | [Object: deeper than 10 levels]",
        "console.log(['x'.repeat(12000)].map(s => s)) | xxx",
    })
    void leavesAMarkForWhatIsLeftOut(String code, String mark) {
        assertThat(lines(code)).singleElement().asString().contains(mark);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "const e = new Proxy({}, { ownKeys() { throw new Error('no') } }); console.log(e)",
        "const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); console.log([proxy])",
        "console.log(new Proxy({}, { ownKeys: () => Array.from({ length: 3e3 }, (_, i) => 'k' + i), getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }) }))",
        "const p = new Proxy({}, { getPrototypeOf: () => p }); console.log(p)",
        "const p = new Proxy({}, { getPrototypeOf: () => Map.prototype }); console.log(p, Object.create(Map.prototype), Object.create(Error.prototype))",
        "const e = new Error('x'); Object.defineProperty(e, 'stack', { get() { throw e } }); Object.defineProperty(e, 'message', { get() { throw e } }); console.log(e)",
        "console.log({ get [Symbol.toStringTag]() { throw 1 }, constructor: null, [Symbol.toPrimitive]() { throw 2 } })",
        "let dag = [1]; for (let i = 0; i < 9; i++) dag = Array(50).fill(dag); console.log(dag)",
        "console.log('%j', { toJSON() { throw new Error('no') } }, 'rest')",
        "console.log('%d %s', { valueOf() { throw 1 } }, { toString() { throw 2 } })",
        "console.count({ toString() { throw 1 } }); console.time(Symbol('x')); console.group(Object.create(null))",
        "console.table(new Proxy([], { ownKeys() { throw 1 } })); console.table([new Proxy({}, { ownKeys() { throw 1 } })])",
        "for (let i = 0; i < 3e3; i++) { console.group(); console.count(i); console.time(i) } console.log(1)",
    })
    void isNotBrokenByAHostileValue(String code) {
        assertThat(sandbox.result(workflow(code + "; console.warn('end'); return 'fine'"))).isEqualTo("\"fine\"");
    }

    @Test
    void touchesNothingThatTheTenantChanged() {
        Outcome outcome = sandbox.run(workflow("""
                const { defineProperty, ownKeys } = Reflect, { log, table, group } = console, hits = [];
                const value = { a: [1, 'x\\n', /r/g, new Date(0)], m: new Map([[1, new Set([2])]]), u: new Uint8Array(2) };
                const targets = [Object, Array, String, Map, Set, Function, Symbol, Error, RegExp, Date, Number, Reflect, JSON,
                  Math, Uint8Array, ArrayBuffer].flatMap(of => [of, of.prototype ?? {}]);
                targets.push(Object.getPrototypeOf(Uint8Array.prototype), Object.getPrototypeOf([][Symbol.iterator]()),
                  Object.getPrototypeOf(new Map().entries()), Object.getPrototypeOf(new Set().values()));
                const all = targets.map(of => [of, ownKeys(of)]);
                for (let i = 0; i < all.length; i++) for (let k = 0; k < all[i][1].length; k++) {
                  const hit = () => { hits[hits.length] = `${i} ${k}`; throw 'hit'; };
                  defineProperty(all[i][0], all[i][1][k], { __proto__: null, get: hit, set: hit });
                }
                log(value); table([value]); group('%s', value); log('x\\ny');
                throw hits.length === 0 ? 'untouched' : hits[0];
                """));
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.error().message()).isEqualTo("untouched");
            assertThat(failed.run().logs()).hasSize(4).first().extracting(Outcome.LogLine::message)
                    .isEqualTo("{ a: [ 1, 'x\\n', /r/g, 1970-01-01T00:00:00.000Z ], m: Map(1) { 1 => Set(1) { 2 } }, "
                            + "u: Uint8Array(2) [ 0, 0 ] }");
        });
    }

    @Test
    void forgetsCountsTimesAndGroupsBetweenExecutions() {
        Sandboxed.Run run = new Sandboxed.Run(workflow("console.group('g'); console.count(); console.time(); console.log('x')"));
        for (int i = 0; i < 3; i++) {
            assertThat(((Outcome.Completed) sandbox.run(run)).run().logs()).extracting(Outcome.LogLine::message)
                    .containsExactly("g", "  default: 1", "  x");
        }
    }

    @Test
    void costsNextToNothingWhenNoMoreIsKept() {
        Outcome outcome = sandbox.run(workflow("""
                const big = Array.from({ length: 1000 }, (_, i) => ({ i, list: [1, 2, 3] }));
                for (let i = 0; i < 3e3; i++) { console.log(big); console.table(big); console.count('n') }
                """));
        Outcome.Run run = ((Outcome.Completed) outcome).run();
        assertThat(run.logsTruncated()).isTrue();
        assertThat(run.logs()).hasSizeLessThanOrEqualTo(50);
    }

    private static List<String> lines(String code) {
        Outcome outcome = sandbox.run(workflow(code));
        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
        return ((Outcome.Completed) outcome).run().logs().stream().map(Outcome.LogLine::message).toList();
    }
}
