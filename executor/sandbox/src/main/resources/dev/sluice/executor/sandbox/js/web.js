// The parts of the web platform that need nothing from the host.
(function (control) {
  'use strict';
  control.lazy(['structuredClone', 'atob', 'btoa', 'crypto'], () => {
    const { expose, namedError, random } = control;
    const { Map, Set, Date, RegExp, ArrayBuffer, Object, Array, Error, String, TypeError, Uint8Array } = globalThis;
    const { WeakMap, WeakSet, Promise, Number } = globalThis;

    // ---- structuredClone -----------------------------------------------------------------------------------------
    const refuse = (value) => namedError('DataCloneError', `${typeof value} could not be cloned`);
    const errors = new Set(['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError']);
    const copy = (value, seen) => {
      if (typeof value === 'function' || typeof value === 'symbol') throw refuse(value);
      if (value === null || typeof value !== 'object') return value;
      if (seen.has(value)) return seen.get(value);
      const keep = (result) => { seen.set(value, result); return result; };
      if (Array.isArray(value)) {
        const result = keep(new Array(value.length));
        for (const key of Object.keys(value)) result[key] = copy(value[key], seen);
        return result;
      }
      if (value instanceof Date) return keep(new Date(value.getTime()));
      if (value instanceof RegExp) return keep(new RegExp(value.source, value.flags));
      if (value instanceof Map) {
        const result = keep(new Map());
        for (const [key, item] of value) result.set(copy(key, seen), copy(item, seen));
        return result;
      }
      if (value instanceof Set) {
        const result = keep(new Set());
        for (const item of value) result.add(copy(item, seen));
        return result;
      }
      if (value instanceof ArrayBuffer) return keep(value.slice(0));
      if (ArrayBuffer.isView(value)) {
        const buffer = copy(value.buffer, seen);
        const length = value.length ?? value.byteLength;
        return keep(new value.constructor(buffer, value.byteOffset, length));
      }
      if (value instanceof Error) {
        const name = errors.has(value.name) ? value.name : 'Error';
        const result = keep(new globalThis[name](value.message));
        if ('cause' in value) result.cause = copy(value.cause, seen);
        return result;
      }
      if (value instanceof WeakMap || value instanceof WeakSet || value instanceof Promise) throw refuse(value);
      const result = keep({});
      for (const key of Object.keys(value)) result[key] = copy(value[key], seen);
      return result;
    };
    expose('structuredClone', (value) => copy(value, new Map()));

    // ---- atob, btoa ----------------------------------------------------------------------------------------------
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const values = new Map([...alphabet].map((letter, index) => [letter, index]));
    expose('btoa', (input) => {
      const data = String(input);
      const parts = [];
      for (let i = 0; i < data.length; i += 3) {
        const a = data.charCodeAt(i), b = data.charCodeAt(i + 1), c = data.charCodeAt(i + 2);
        if (a > 255 || b > 255 || c > 255) {
          throw namedError('InvalidCharacterError', 'the string has characters outside of Latin1');
        }
        parts.push(alphabet[a >> 2] + alphabet[((a & 3) << 4) | (b >> 4)] +
          (i + 1 < data.length ? alphabet[((b & 15) << 2) | (c >> 6)] : '=') + (i + 2 < data.length ? alphabet[c & 63] : '='));
      }
      return parts.join('');
    });
    expose('atob', (input) => {
      let data = String(input).replace(/[\t\n\f\r ]/g, '');
      if (data.length % 4 === 0) data = data.replace(/={1,2}$/, '');
      if (data.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(data)) {
        throw namedError('InvalidCharacterError', 'the string is not base64');
      }
      const parts = [];
      let bits = 0, held = 0;
      for (let i = 0; i < data.length; i++) {
        bits = ((bits << 6) | values.get(data[i])) & 0xffffff;
        held += 6;
        if (held >= 8) {
          held -= 8;
          parts.push(String.fromCharCode((bits >> held) & 255));
        }
      }
      return parts.join('');
    });

    // ---- crypto --------------------------------------------------------------------------------------------------
    const hex = (text) => text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    const unavailable = (name) => async () => {
      throw namedError('NotAvailableError', `crypto.subtle.${name} is not available in this version`);
    };
    const subtle = {};
    for (const name of ['digest', 'sign', 'verify', 'importKey', 'encrypt', 'decrypt', 'generateKey']) {
      subtle[name] = unavailable(name);
    }
    expose('crypto', Object.freeze({
      randomUUID: () => {
        const digits = random(16);
        const variant = '89ab'[Number.parseInt(digits[16], 16) & 3];
        return hex(digits.slice(0, 12) + '4' + digits.slice(13, 16) + variant + digits.slice(17));
      },
      getRandomValues: (view) => {
        if (!ArrayBuffer.isView(view) || view.byteLength > 65536) throw new TypeError('a typed array of at most 65536 bytes is needed');
        const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
        const digits = random(bytes.length);
        for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
        return view;
      },
      subtle: Object.freeze(subtle),
    }));
  });
})
