package dev.sluice.benchmarks.hostile.input;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Workflow code: what it spoils, logs and asks for first, and how it ends. All of it ends by itself but for the hogs. */
final class Code {
    static final List<String> SPOILING = List.of(
            "Object.prototype.toJSON = function () { return 'polluted'; };",
            "Object.prototype.get = Object.prototype.set = () => { throw new Error('trap'); };",
            "Object.defineProperty(Object.prototype, 'message', { get() { throw 1; }, set() {} });",
            "Object.defineProperty(Map.prototype, 'size', { get: () => 0 });",
            "Map.prototype.get = Map.prototype.set = Map.prototype.delete = () => undefined;",
            "Array.prototype.push = Array.prototype.join = () => { throw new Error('trap'); };",
            "Array.prototype[Symbol.iterator] = function* () { yield 'polluted'; };",
            "Promise.prototype.then = function () { return this; };",
            "Promise.resolve = Promise.reject = () => { throw new Error('trap'); };",
            "JSON.stringify = () => '{broken'; JSON.parse = () => { throw new Error('trap'); };",
            "Function.prototype.call = Function.prototype.apply = Reflect.apply = () => 'polluted';",
            "String.prototype.slice = String.prototype.valueOf = String.prototype.toString = () => 1;",
            "Error.prototype.toString = () => { throw new Error('trap'); }; Error.prototype.name = '\\u0000';",
            "Symbol.prototype.toString = () => { throw 1; };",
            "globalThis.Promise = globalThis.Error = globalThis.Object = globalThis.JSON = undefined;",
            "globalThis.Uint8Array = class { constructor() {} get length() { return 2147483647; } };",
            "for (const name of Object.getOwnPropertyNames(globalThis)) { try { delete globalThis[name]; } catch {} }",
            "globalThis.console = globalThis.fastn = null;",
            "Object.freeze(globalThis); Object.freeze(Object.prototype);",
            "Error.prepareStackTrace = () => { throw new Error('trap'); }; Error.stackTraceLimit = 1e9;");

    static final List<String> LOGGING = List.of(
            "console.log([1, [2, ctx], ctx.input], undefined, NaN, -0, 10n, Symbol('s'), /x/g, new Date(NaN));",
            "const a = {}; a.a = a; console.log(a, [a, a]);",
            "console.log(new Map([[{}, new Set([1])]]), new WeakMap(), new Proxy({}, { get() { throw 1; }, ownKeys() { throw 2; } }));",
            "console.log('%s %d %i %f %j %o %O %c %%', 'a', 1); console.table([1]); console.group('x'); console.count();",
            "console.log('\\u0000\\ud800\\u2028'.repeat(100)); console.error('x'.repeat(300000));",
            "for (let i = 0; i < 1500; i++) console.log(i);",
            "console.log({ get a() { throw new Error('trap'); } }, { toJSON() { throw 1; } }, { toString: null });",
            "console.log(new Error('\\u0000', { cause: new TypeError('in') }), Object.create(null), new (class A { b = undefined })());",
            "console.time(); console.timeEnd(); console.assert(false, ctx); console.dir(globalThis); console.trace();",
            "let deep = []; for (let i = 0; i < 20000; i++) deep = [deep]; console.log(deep);");

    static final List<String> ASKING = List.of(
            "await fastn.state.set('k', ctx.input); await fastn.state.get('k');",
            "await Promise.allSettled(Array.from({ length: 99 }, (_, i) => fastn.state.set('k' + i, i)));",
            "await Promise.allSettled(Array.from({ length: 1000 }, (_, i) => fastn.state.get('k' + i)));",
            "for (let i = 0; i < 300; i++) fastn.state.get('k');",
            "await Promise.allSettled(['', '\\u0000', '\\ud800', 'x'.repeat(512), 'x'.repeat(1024), 'x'.repeat(1025), null, {}, 1].map(k => fastn.state.set(k, k)));",
            "await Promise.allSettled([NaN, 1e21, undefined, () => 1, 10n, '\\u0000', '\\udc00', { toJSON() { throw 1; } }].map(v => fastn.state.set('v', v)));",
            "await Promise.allSettled([0, -1, NaN, Infinity, 1e300, '5', null].map(ttl => fastn.state.set('t', 1, { ttl })));",
            "await fastn.state.get({ toString() { throw new Error('trap'); } }).catch(() => 0);",
            "await fastn.state.get('k', { scope: '__proto__' }).catch(() => 0); await fastn.state.delete('k', { get scope() { throw 1; } }).catch(() => 0);",
            "await fastn.state.set('big', 'x'.repeat(900000)).catch(() => 0);",
            "for (let i = 0; i < 1001; i++) setTimeout(() => {}, 1);",
            "const t = setInterval(() => {}, 1); clearInterval(t); clearTimeout('x'); clearTimeout(-1); setTimeout(() => { throw null; }, 0);",
            "queueMicrotask(() => { throw new Error('\\u0000'); }); await 0;",
            "Promise.reject(Symbol('unhandled')); await 0;",
            "try { crypto.getRandomValues(new Uint8Array(70000)); } catch {} try { crypto.getRandomValues({ length: 2147483647 }); } catch {}",
            "try { structuredClone(globalThis); } catch {} try { atob('\\u0000'); btoa('\\u1234'); } catch {} try { new URL('\\u0000'); } catch {}",
            "await Promise.allSettled([fetch, fastn.secrets?.get, fastn.db?.query].map(async f => f('http://127.0.0.1')));",
            "new Intl.NumberFormat('de').format(1); new Date(8.64e15).toLocaleString();");

    static final List<String> ENDING = List.of(
            "return ctx.input;", "return ctx;", "return { ok: true };", "return { ok: true };", "return undefined;", "return null;",
            "return { ['k'.repeat(60000)]: 1 };", "return [1e21, -1e-7, 1.7976931348623157e308, 5e-324, -0, NaN, Infinity];",
            "return { a: '\\u0000', '\\u0000': '\\ud800', '\\udc00': '\\u2028', __proto__: 1, ['__proto__']: 2, '': 3 };",
            "return 10n;", "return Symbol('s');", "return () => 1;", "return new Date(NaN);", "return new Map([[1, 2]]);", "return [,, 1];",
            "return { toJSON() { throw new Error('no'); } };", "return { toJSON() { return undefined; } };", "return { get a() { throw null; } };",
            "return new Proxy({}, { ownKeys() { throw new Error('trap'); } });", "return new Proxy({}, { get(t, k) { return k === 'then' ? undefined : 1; } });",
            "return { then(resolve) { resolve({ then(_, reject) { reject('late'); } }); } };", "return { get then() { throw undefined; } };",
            "const a = {}; a.a = a; return a;", "let d = 1; for (let i = 0; i < 900; i++) d = [d]; return d;",
            "let d = 1; for (let i = 0; i < 3000; i++) d = { a: d }; return d;", "let d = []; for (let i = 0; i < 50000; i++) d = [d]; return d;",
            "return 'x'.repeat(1000000);", "return 'x'.repeat(1048577);", "return '\\u0000'.repeat(100000);", "return '\\ud83d\\ude00'.repeat(200000);",
            "return Array.from({ length: 50000 }, (_, i) => i / 3);", "return Object.fromEntries(Array.from({ length: 3000 }, (_, i) => ['k' + i, i]));",
            "return Number('1'.repeat(300));", "return { status: 500, headers: { 'x': '\\r\\n' }, body: 1 };", "return new Uint8Array(1000);",
            "throw new Error('no');", "throw new Error('no');", "throw new Error('\\u0000');", "throw new Error('\\ud800');", "throw new Error('x'.repeat(1000000));",
            "throw null;", "throw undefined;", "throw 1;", "throw 'text\\u0000';", "throw {};", "throw Symbol('s');", "throw 10n;", "throw [ctx];", "throw () => 1;",
            "throw new Proxy({}, { get() { throw new Error('trap'); }, getPrototypeOf() { throw 1; } });",
            "throw { get message() { throw 1; }, get name() { throw 2; }, get stack() { throw 3; } };",
            "throw Object.assign(new Error('no'), { name: '\\u0000\\ud800', stack: '\\u0000' });", "throw Object.assign(new Error('no'), { stack: 1, name: {}, message: [] });",
            "throw Object.assign(new Error('no'), { code: 'E\\u0000', data: { nested: ctx.input }, errors: 1 });",
            "const e = new Error('no'); e.cause = e; throw e;", "const a = new Error('a'), b = new Error('b', { cause: a }); a.cause = b; throw a;",
            "let e = new Error('in'); for (let i = 0; i < 2000; i++) e = new Error('out' + i, { cause: e }); throw e;",
            "throw new AggregateError([new Error('\\u0000'), null, 1, new AggregateError([])], 'many');", "throw new AggregateError(Array(5000).fill(new Error('x')));",
            "class \\u0041dd extends Error { get [Symbol.toStringTag]() { throw 1; } } throw new Add('no');", "throw Object.freeze(new RangeError('no'));",
            "throw new Error('no', { get cause() { throw 1; } });", "throw new Error('no', { cause: '\\u0000' });", "throw new Error('no', { cause: Symbol() });",
            "const f = () => f() + 1; return f();", "null.x;", "return await new Promise(() => {});", "return await Promise.reject(ctx.input);",
            "return new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 5));", "setTimeout(() => { throw new Error('late'); }, 0); return 1;",
            "return ctx.input.a.b.c.d;", "return JSON.parse('\"\\\\u0000\"');", "return eval('1+');", "return import('x');", "return ctx.headers;");

    /** These run until a limit stops them. */
    static final List<String> HOGS = List.of(
            "while (true) {}", "for (;;) await 0;", "const f = () => Promise.resolve().then(f); f(); await new Promise(() => {});",
            "return { toJSON() { for (;;); } };", "const a = []; for (;;) { a.push(new Array(1e5).fill(a.length + 0.5)); await 0; }",
            "let s = 'x'; for (;;) s += s;", "return /(a+)+$/.test('a'.repeat(40) + 'b');", "await new Promise(r => setTimeout(r, 60000));",
            "Object.defineProperty(Map.prototype, 'size', { get: () => 0 }); for (let i = 0; i < 20000; i++) fastn.state.get('k'); await new Promise(() => {});");

    static final List<String> NOT_A_PROGRAM = List.of(
            "", " ", "\u0000", "export default", "export default 1;", "export default class {}", "module.exports = () => 1;", "export const a = 1;",
            "import x from 'x'; export default () => x;", "export default () => { return 1 ", "export default async (ctx: any): Promise<number> => 1;",
            "import { readFileSync } from 'node:fs'; export default () => readFileSync('/etc/passwd');", "\ufeffexport default () => 1;", "#!/usr/bin/node\nexport default () => 1;",
            "export { default } from './x.js';", "await new Promise(() => {}); export default () => 1;", "throw new Error('at load'); export default () => 1;",
            "export default null;", "export default { then(r) { r(1); } };", "<!-- x\nexport default () => 1;", "export default function* () { yield 1; }");

    private Code() {}

    /** A module that ends by itself. */
    static String module(RandomGenerator random) {
        List<String> lines = new ArrayList<>();
        if (Pick.onceIn(random, 4)) {
            lines.add(Pick.one(random, SPOILING));
        }
        if (Pick.onceIn(random, 3)) {
            lines.add(Pick.one(random, LOGGING));
        }
        if (Pick.onceIn(random, 3)) {
            lines.add(Pick.one(random, ASKING));
        }
        return module(lines, Pick.one(random, ENDING));
    }

    /** A module that is stopped. */
    static String hog(RandomGenerator random) {
        return module(List.of(), Pick.one(random, HOGS));
    }

    static String module(List<String> lines, String ending) {
        StringBuilder code = new StringBuilder("export default async function (ctx) {\n");
        lines.forEach(line -> code.append("  {\n    ").append(line).append("\n  }\n"));
        return code.append("  ").append(ending).append("\n}\n").toString();
    }
}
