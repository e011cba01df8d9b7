// The parts of the web platform that need nothing from the host.
(function (control, primordials) {
  'use strict';
  const {
    DataView, Date, Map, RegExp, Set, String, TypeError, Uint8Array, bufferLength, charCodeAt, construct, dataViewBuffer,
    dataViewBytes, dataViewOffset, define, errors, flagsOf, freeze, fromCharCode, getPrototypeOf, hasOwn, indexOf, inheritsError,
    isArray, isView, keys, mapForEach, mapGet, mapHas, mapSet, objectPrototype, promisePrototype, setAdd, setForEach,
    setHas, slice, sourceOf, timeOf, viewBuffer, viewBytes, viewLength, viewOffset, viewSet, viewType, views, weakMapHas,
    weakSetHas,
  } = primordials;
  control.lazy(['structuredClone', 'atob', 'btoa', 'crypto'], () => {
    const { namedError, random } = control;

    // ---- structuredClone -----------------------------------------------------------------------------------------
    const refuse = (value) => namedError('DataCloneError', `${typeof value} could not be cloned`);
    /** Whether a method of a type takes the value for one of its own. */
    const is = (probe, value) => {
      try {
        probe(value);
        return true;
      } catch {
        return false;
      }
    };
    const probeMap = (value) => mapHas(value, 0), probeSet = (value) => setHas(value, 0);
    const probeWeakMap = (value) => weakMapHas(value, value), probeWeakSet = (value) => weakSetHas(value, value);
    const copyMembers = (value, result, seen) => {
      const names = keys(value);
      for (let i = 0; i < names.length; i++) define(result, names[i], copy(value[names[i]], seen));
      return result;
    };
    const copyBuffer = (buffer) => {
      const bytes = new Uint8Array(bufferLength(buffer));
      viewSet(bytes, new Uint8Array(buffer));
      return viewBuffer(bytes);
    };
    const copyError = (value, keep, seen) => {
      const name = value.name;
      const result = keep(new (typeof name === 'string' && name in errors ? errors[name] : errors.Error)(value.message));
      if (hasOwn(value, 'cause')) define(result, 'cause', copy(value.cause, seen), false);
      return result;
    };
    /** Objects that are neither plain nor arrays. */
    const copySpecial = (value, keep, seen) => {
      const type = viewType(value);
      if (type !== undefined) {
        return keep(construct(views[type], [copy(viewBuffer(value), seen), viewOffset(value), viewLength(value)]));
      }
      if (isView(value)) {
        return keep(new DataView(copy(dataViewBuffer(value), seen), dataViewOffset(value), dataViewBytes(value)));
      }
      if (is(timeOf, value)) return keep(new Date(timeOf(value)));
      if (is(flagsOf, value)) return keep(new RegExp(sourceOf(value), flagsOf(value)));
      if (is(bufferLength, value)) return keep(copyBuffer(value));
      if (is(probeMap, value)) {
        const result = keep(new Map());
        mapForEach(value, (item, key) => mapSet(result, copy(key, seen), copy(item, seen)));
        return result;
      }
      if (is(probeSet, value)) {
        const result = keep(new Set());
        setForEach(value, (item) => setAdd(result, copy(item, seen)));
        return result;
      }
      if (inheritsError(value)) return copyError(value, keep, seen);
      if (is(probeWeakMap, value) || is(probeWeakSet, value) || getPrototypeOf(value) === promisePrototype) throw refuse(value);
      return copyMembers(value, keep({}), seen);
    };
    const copy = (value, seen) => {
      if (typeof value === 'function' || typeof value === 'symbol') throw refuse(value);
      if (value === null || typeof value !== 'object') return value;
      const known = mapGet(seen, value);
      if (known !== undefined) return known;
      const keep = (result) => { mapSet(seen, value, result); return result; };
      if (isArray(value)) {
        const result = keep([]);
        result.length = value.length;
        return copyMembers(value, result, seen);
      }
      const prototype = getPrototypeOf(value);
      return prototype === objectPrototype || prototype === null
        ? copyMembers(value, keep({}), seen)
        : copySpecial(value, keep, seen);
    };

    // ---- atob, btoa ----------------------------------------------------------------------------------------------
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const btoa = (input) => {
      const data = String(input);
      let result = '';
      for (let i = 0; i < data.length; i += 3) {
        const a = charCodeAt(data, i), b = charCodeAt(data, i + 1), c = charCodeAt(data, i + 2);
        if (a > 255 || b > 255 || c > 255) {
          throw namedError('InvalidCharacterError', 'the string has characters outside of Latin1');
        }
        result += alphabet[a >> 2] + alphabet[((a & 3) << 4) | (b >> 4)] +
          (i + 1 < data.length ? alphabet[((b & 15) << 2) | (c >> 6)] : '=') + (i + 2 < data.length ? alphabet[c & 63] : '=');
      }
      return result;
    };
    const withoutSpace = (text) => {
      let result = '', from = 0;
      for (let i = 0; i < text.length; i++) {
        if (indexOf('\t\n\f\r ', text[i]) < 0) continue;
        result += slice(text, from, i);
        from = i + 1;
      }
      return result + slice(text, from);
    };
    const atob = (input) => {
      let data = withoutSpace(String(input));
      if (data.length % 4 === 0 && data[data.length - 1] === '=') {
        data = slice(data, 0, data[data.length - 2] === '=' ? -2 : -1);
      }
      let result = '', bits = 0, held = 0;
      for (let i = 0; i < data.length; i++) {
        const value = indexOf(alphabet, data[i]);
        if (value < 0) throw namedError('InvalidCharacterError', 'the string is not base64');
        bits = ((bits << 6) | value) & 0xffffff;
        held += 6;
        if (held >= 8) {
          held -= 8;
          result += fromCharCode((bits >> held) & 255);
        }
      }
      if (data.length % 4 === 1) throw namedError('InvalidCharacterError', 'the string is not base64');
      return result;
    };

    // ---- crypto --------------------------------------------------------------------------------------------------
    const nibble = (digits, at) => indexOf('0123456789abcdef', digits[at]);
    const unavailable = (name) => async () => {
      throw namedError('NotAvailableError', `crypto.subtle.${name} is not available in this version`);
    };
    const subtle = freeze({
      digest: unavailable('digest'), sign: unavailable('sign'), verify: unavailable('verify'),
      importKey: unavailable('importKey'), encrypt: unavailable('encrypt'), decrypt: unavailable('decrypt'),
      generateKey: unavailable('generateKey'),
    });
    const crypto = freeze({
      randomUUID: () => {
        const d = random(16);
        return slice(d, 0, 8) + '-' + slice(d, 8, 12) + '-4' + slice(d, 13, 16) + '-' +
          '89ab'[nibble(d, 16) & 3] + slice(d, 17, 20) + '-' + slice(d, 20);
      },
      getRandomValues: (view) => {
        const length = viewType(view) === undefined ? -1 : viewBytes(view);
        if (length < 0 || length > 65536) throw new TypeError('a typed array of at most 65536 bytes is needed');
        const bytes = new Uint8Array(viewBuffer(view), viewOffset(view), length);
        const digits = random(length);
        for (let i = 0; i < length; i++) bytes[i] = nibble(digits, 2 * i) * 16 + nibble(digits, 2 * i + 1);
        return view;
      },
      subtle,
    });
    return { __proto__: null, structuredClone: (value) => copy(value, new Map()), atob, btoa, crypto };
  });
})
