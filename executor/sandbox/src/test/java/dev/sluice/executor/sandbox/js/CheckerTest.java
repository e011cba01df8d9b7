package dev.sluice.executor.sandbox.js;

import dev.sluice.executor.sandbox.protocol.CheckResult;
import dev.sluice.executor.sandbox.protocol.Language;
import dev.sluice.executor.sandbox.protocol.Limits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

/** What may be saved: what could run as a workflow, and nothing that never can. ⏎ is a new line. */
class CheckerTest {
    private static JavaScript javascript;
    private static Checker checker;

    @BeforeAll
    static void start() {
        javascript = new JavaScript(Limits.defaults());
        checker = new Checker(javascript);
    }

    @AfterAll
    static void stop() {
        javascript.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "export default async function (ctx) { return 1 }",
        "export default function handler(ctx) {}",
        "export default () => 1",
        "export default async ctx => ctx.input",
        "export default (async (ctx) => ctx.input)",
        "function f() {} export default f",
        "export default f; function f() {}",
        "const f = async () => 1; export { f as default }",
        "export { f as default }; async function f() {}",
        "export { f as 'default' }; let f = () => 1;",
        "const a = () => 1, b = a; export default b; export const c = 2",
        "let f; f = () => 1; export default f",
        "let f = null; if (Math.random() < 2) f = () => 1; export { f as default }",
        "let f = {}; ({ f } = { f: () => 1 }); export { f as default }",
        "var f; { f = () => 1 } export default f",
        "var f; for (f of [() => 1]) {} export default f",
        "const { f } = { f: () => 1 }; export default f",
        "const wrap = (f) => f; export default wrap(() => 1)",
        "export default true && (() => 1)",
        "export default new Proxy(() => 1, {})",
        "export default new Function('ctx', 'return 1')",
        "let g; export default g = () => 1",
        "const handlers = { a: () => 1 }; export default handlers.a",
        "class A { static run() {} } export default A.run",
        "export default async (ctx) => { const name = './x'; await import(name) }",
        "export default () => typeof require === 'function' ? require('fs') : 1",
        "if (typeof module !== 'undefined') module.exports = {}; export default () => 1",
        "const module = {}; module.exports = 1; const require = (x) => x; require('y'); export default () => 1",
        "export default () => { const s = `import fs from 'fs'; module.exports = 1; interface X {}`; return /export default class/ }",
        "#!/usr/bin/env node⏎export default () => 1",
        "// import x from 'fs'⏎/* enum E {} */ export default () => 'import(\"x\")'",
        "export default () => 1 < 2 > (3)",
        "const type = 1, as = 2, declare = 3, of = 4; export default () => type + as + declare",
        "export default ({ input: { a = 1, ...rest } = {} }) => a ? rest : a",
        "label: for (;;) break label; export default () => { switch (1) { case 1: return } }",
    })
    void savesWhatCanRun(String code) {
        String source = code.replace("⏎", "\n");
        assertThat(checker.check(source, Language.JAVASCRIPT)).isEqualTo(new CheckResult.Valid(source));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "const a = 1 | 1:1 | there is no default export",
        "while (true) {} | 1:1 | there is no default export",
        "// nothing | 1:1 | there is no default export",
        "const a = 1;⏎export const handler = async () => 1 | 2:1 | there is no default export",
        "const a = 1;⏎⏎  async function handler(ctx) {} | 3:3 | there is no default export",
        "⏎module.exports = async (ctx) => 1 | 2:1 | module.exports and exports are not there",
        "exports.default = () => 1 | 1:1 | module.exports and exports are not there",
        "module.exports.handler = exports.handler = () => 1 | 1:1 | module.exports and exports are not there",
        "const x = exports.a = 1; export default () => 1 | 1:11 | module.exports and exports are not there",
        "import fs from 'fs';⏎export default () => 1 | 1:1 | 'fs' cannot be imported",
        "⏎⏎import { a } from './a.js'; export default () => 1 | 3:1 | './a.js' cannot be imported",
        "import 'x'; export default () => 1 | 1:1 | 'x' cannot be imported",
        "import * as y from 'y'; export default () => 1 | 1:1 | 'y' cannot be imported",
        "export { default } from 'z' | 1:1 | 'z' cannot be imported",
        "export default () => 1;⏎export * from 'all' | 2:1 | 'all' cannot be imported",
        "export default async () => {⏎  const { a } = await import('node:fs');⏎} | 2:23 | 'node:fs' cannot be imported",
        "const fs = require('fs'); export default () => 1 | 1:12 | require is not there",
        "const x = require('a').b(1) + 1; export default () => 1 | 1:11 | require is not there",
        "export default async (ctx) => {⏎  const _ = require('lodash');⏎  return _ } | 2:13 | require is not there",
        "export default class {} | 1:1 | the default export is a class",
        "#!/usr/bin/env node⏎export default class {} | 2:1 | the default export is a class",
        "⏎const x = '😀';⏎export default class {} | 3:1 | the default export is a class",
        "export default class A { run() {} } | 1:1 | the default export is a class",
        "class A {}⏎export default A | 2:1 | the default export is a class",
        "class A {}⏎export { A as default } | 2:1 | the default export is a class",
        "export default { fetch() {} } | 1:1 | the default export is an object",
        "const o = {};⏎ export default o | 2:2 | the default export is an object",
        "export default [() => 1] | 1:1 | the default export is an array",
        "export default 'text' | 1:1 | the default export is a plain value",
        "export default 42 | 1:1 | the default export is a plain value",
        "export default null | 1:1 | the default export is a plain value",
        "export default `t${1}` | 1:1 | the default export is a plain value",
        "export default !0 | 1:1 | the default export is a plain value",
        "export default 1 + 2 | 1:1 | the default export is a plain value",
        "export default undefined | 1:1 | the default export is 'undefined', which",
        "export default handler | 1:1 | the default export is 'handler', which this file does not declare",
        "let f; export default f | 1:8 | the default export is 'f', which never gets a value",
        "export default function* (ctx) { yield 1 } | 1:1 | the default export is a generator function",
        "export default async function* g() {} | 1:1 | the default export is a generator function",
        "const a = await fastn.state.get('x'); export default () => a | 1:11 | nothing can be awaited outside of a function",
        "export default () => 1;⏎export default () => 2 | 2:1 | ",
        "export { nothing as default } | 1: | 'nothing'",
        "export default () => { | 1:23 | ",
    })
    void refusesWhatNeverCanWithItsPlace(String code, String place, String message) {
        CheckResult.Invalid invalid = invalid(code.replace("⏎", "\n"));
        assertThat(invalid.line() + ":" + invalid.column()).startsWith(place);
        assertThat(invalid.message()).contains(message == null ? "" : message).doesNotContain("TypeScript");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "const a: string = 'x'; export default () => a",
        "let b: number | undefined; export default () => b",
        "export default async function (ctx: Context) { return 1 }",
        "export default async (ctx: any) => 1",
        "export default async (ctx): Promise<void> => {}",
        "export default function f(ctx): string { return '' }",
        "export default async function handler({ input }: { input: any }) {}",
        "interface X { a: string }⏎export default () => 1",
        "export interface X { a: string }",
        "type A = { b: string }; export default () => 1",
        "export type A = string; export default () => 1",
        "enum E { A, B } export default () => 1",
        "const enum E { A } export default () => 1",
        "export enum E { A } export default () => 1",
        "declare const x: number; export default () => 1",
        "declare module 'x' {} export default () => 1",
        "namespace N { } export default () => 1",
        "abstract class A {} export default () => 1",
        "export abstract class A {}",
        "export default (ctx) => ctx.input as Order",
        "const x = { a: 1 } as const; export default () => x",
        "const x = y as unknown as string;⏎export default () => x",
        "export default (ctx) => ({ a: 1 } satisfies Order)",
        "export default (ctx) => ctx.input!.a",
        "export default (ctx) => ctx.input![0]",
        "export default (ctx) => { const x = ctx.input!; return x }",
        "export default (ctx) => f(ctx!, 1)",
        "import type { A } from 'b'; export default () => 1",
        "import { type A } from 'b'; export default () => 1",
        "export type { A } from 'b'; export default () => 1",
        "import fs = require('fs')",
        "export = () => 1",
        "function f<T>(x: T): T { return x } export default f",
        "const f = <T>(x: T) => x; export default f",
        "const f = async <T>(x: T) => x; export default f",
        "const x = <any>y; export default () => x",
        "class A { private x = 1; } export default () => new A()",
        "class A { x: number = 1; } export default () => new A()",
        "class A { x?: number; } export default () => 1",
        "class A { x!: number; } export default () => 1",
        "class A { static x: number; #y: string } export default () => 1",
        "class A { constructor(private x: number) {} } export default () => 1",
        "class A { readonly x = 1 } export default () => 1",
        "class A { public static y = 1 } export default () => 1",
        "class A { m(): void {} } export default () => 1",
        "class A { [key: string]: any } export default () => 1",
        "class A implements B {} export default () => 1",
        "class A<T> {} export default () => 1",
        "class A extends B<T> {} export default () => 1",
        "export default (a?: string) => a",
        "export default (a?) => a",
        "export default function (a?: string) {}",
        "export default function (this: X, a) {}",
        "export default (...args: string[]) => 1",
        "const m = new Map<string, number>(); export default () => m",
        "export default () => { return new Map<string, number>() }",
        "export default () => useful<string>('x')",
        "export default () => useful<Order>()",
        "let [a, b]: [number, string] = [1, 'x']; export default () => a",
        "for (const x: string of y) {} export default () => 1",
        "export default () => { try {} catch (e: unknown) {} }",
        "function over(a: string): void; function over(a) {} export default () => 1",
    })
    void namesTypeScript(String code) {
        CheckResult.Invalid invalid = invalid(code.replace("⏎", "\n"));
        assertThat(invalid.message()).startsWith("this looks like TypeScript (")
                .endsWith("). TypeScript is not available in this version; send JavaScript");
        assertThat(invalid.line()).isPositive();
        assertThat(invalid.column()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "const o = { a: 1 b: 2 }", "const x = ;", "function ( { }", "foo(a b)", "if (x { }", "const s = 'abc", "let a = b c",
        "x ? y", "foo(: a)", "const a = b : c", "x = a ? b : c : d", "a !b", "const = 2", "class { }", "function f(a { }",
        "return <div>hi</div>", "x = <br/>", "let x = 1 y = 2", "case 1: x", "export default { a: 1 b", "a < b > ;", "x = )",
    })
    void doesNotTakeAMistakeForTypeScript(String code) {
        assertThat(invalid(code).message()).doesNotContain("TypeScript");
    }

    /** Nothing in the time of a check may grow faster than the code. */
    @ParameterizedTest
    @ValueSource(strings = {
        "(", "[", "{", "`${", "/(", "(a=", "a=>", "!", "- ", "a?", "a**", "if(a);else ", "function f(){", "[a=", "class A{",
        "await ", "x=/(a+)+/;", "a.", "a<", "a:", "<a>", "a!", "((a:", "() =>", "'", "/*", "\\u{61}", "import(", "a", "9", "a b",
        "x\n", "< ", "<a ", "a<b, ", " ",
    })
    void answersInBoundedTimeWhateverTheCode(String part) {
        for (String end : List.of("", " :", "!")) {
            String code = "export default () => 1;\n" + part.repeat(200_000 / part.length()) + end;
            assertTimeout(Duration.ofSeconds(10), () -> assertThat(checker.check(code, Language.JAVASCRIPT)).isNotNull());
        }
    }

    @Test
    void boundsWhatWouldTakeTheEngineLong() {
        assertThat(invalid("export default () => 1;\nx = " + "9".repeat(900_000) + "n")).satisfies(invalid -> {
            assertThat(invalid.message()).contains("10,000 digits");
            assertThat(invalid.line()).isEqualTo(2);
        });
        assertThat(invalid("export default () => " + "(".repeat(100_000)).message()).contains("nested too deeply");
        assertThat(invalid("export default () => x" + ".a".repeat(400_000)).message()).contains("nested too deeply");
    }

    private static CheckResult.Invalid invalid(String code) {
        CheckResult result = checker.check(code, Language.JAVASCRIPT);
        assertThat(result).isInstanceOf(CheckResult.Invalid.class);
        return (CheckResult.Invalid) result;
    }
}
