// Runs first in every context. Holds the intrinsics that the sandbox's own code uses, before workflow code can replace
// them: prelude.js and the additions take everything from here and nothing from globalThis. A method is a function of
// its receiver, `slice(text, 0, 3)`, because `text.slice` would look it up.
//
// What may be used beside these, after workflow code has run, is what looks nothing up: operators, literals, indexes and
// `length` of strings and arrays, closures, private names, `await`. Not so for…of, spread, array destructuring,
// instanceof, descriptors and handlers that inherit from Object.prototype, and assigning to an index that is not there.
(function () {
  'use strict';
  const { Array, ArrayBuffer, DataView, Date, Error, JSON, Map, Math, Object, Promise, Proxy, Reflect, RegExp } = globalThis;
  const { Set, String, Symbol, TypeError, Uint8Array, WeakMap, WeakSet } = globalThis;
  const { decodeURIComponent, encodeURIComponent, isNaN, Number } = globalThis;
  const { apply, construct, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf } = Reflect;
  const method = (prototype, name) => {
    const found = prototype[name];
    return (receiver, ...args) => apply(found, receiver, args);
  };
  const getter = (prototype, name) => {
    const found = getOwnPropertyDescriptor(prototype, name).get;
    return (receiver) => apply(found, receiver, []);
  };
  const uncurry = (found) => (receiver, ...args) => apply(found, receiver, args);
  const named = (names) => {
    const found = { __proto__: null };
    for (const name of names) found[name] = globalThis[name];
    return found;
  };
  const typedArrays = getPrototypeOf(Uint8Array).prototype;
  // The getter `flags` would ask the pattern for each flag.
  const global = getter(RegExp.prototype, 'global'), ignoreCase = getter(RegExp.prototype, 'ignoreCase');
  const multiline = getter(RegExp.prototype, 'multiline'), dotAll = getter(RegExp.prototype, 'dotAll');
  const unicode = getter(RegExp.prototype, 'unicode'), unicodeSets = getter(RegExp.prototype, 'unicodeSets');
  const sticky = getter(RegExp.prototype, 'sticky'), hasIndices = getter(RegExp.prototype, 'hasIndices');
  const flagsOf = (value) => (hasIndices(value) ? 'd' : '') + (global(value) ? 'g' : '') + (ignoreCase(value) ? 'i' : '') +
    (multiline(value) ? 'm' : '') + (dotAll(value) ? 's' : '') + (unicode(value) ? 'u' : '') +
    (unicodeSets(value) ? 'v' : '') + (sticky(value) ? 'y' : '');
  const isPrototypeOf = method(Object.prototype, 'isPrototypeOf'), errorPrototype = Error.prototype;

  return Object.freeze({
    __proto__: null,
    ArrayBuffer, DataView, Date, Error, Map, Number, Promise, Proxy, RegExp, Set, String, Symbol, TypeError, Uint8Array,
    WeakSet, decodeURIComponent, encodeURIComponent, isNaN,
    errors: named(['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError']),
    views: named(['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array',
      'Float16Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array']),
    apply, construct, getPrototypeOf, uncurry, getter,
    // Whole, for scripts that take more apart; they do so when they are loaded, and not later.
    intrinsics: named(['Array', 'ArrayBuffer', 'BigInt', 'Boolean', 'DataView', 'Date', 'Error', 'Function', 'JSON', 'Map', 'Math',
      'Number', 'Object', 'Promise', 'Reflect', 'RegExp', 'Set', 'String', 'Symbol', 'Uint8Array', 'WeakMap', 'WeakRef', 'WeakSet',
      'parseFloat', 'parseInt']),
    parse: JSON.parse, stringify: JSON.stringify, min: Math.min,
    isArray: Array.isArray, isView: ArrayBuffer.isView, fromCharCode: String.fromCharCode,
    freeze: Object.freeze, hasOwn: Object.hasOwn, keys: Object.keys, getOwnPropertyNames: Object.getOwnPropertyNames,
    objectPrototype: Object.prototype, promisePrototype: Promise.prototype,

    // ---- properties and arrays, without the setters of prototypes -------------------------------------------------
    define: (target, name, value, enumerable = true) =>
      defineProperty(target, name, { __proto__: null, value, writable: true, enumerable, configurable: true }),
    defineAccessor: (target, name, get, set) =>
      defineProperty(target, name, { __proto__: null, get, set, enumerable: false, configurable: true }),
    defineConstant: (target, name, value) =>
      defineProperty(target, name, { __proto__: null, value, writable: false, enumerable: true, configurable: false }),
    // An array without a prototype: assigning to an index of it stays within.
    list: () => {
      const empty = [];
      setPrototypeOf(empty, null);
      return empty;
    },
    sort: method(Array.prototype, 'sort'),
    inheritsError: (value) => isPrototypeOf(errorPrototype, value),

    // ---- strings and regular expressions --------------------------------------------------------------------------
    charCodeAt: method(String.prototype, 'charCodeAt'),
    indexOf: method(String.prototype, 'indexOf'),
    lastIndexOf: method(String.prototype, 'lastIndexOf'),
    slice: method(String.prototype, 'slice'),
    startsWith: method(String.prototype, 'startsWith'),
    toLowerCase: method(String.prototype, 'toLowerCase'),
    trim: method(String.prototype, 'trim'),
    // The one method of a pattern that asks the pattern for nothing but its lastIndex.
    exec: method(RegExp.prototype, 'exec'),

    // ---- collections ----------------------------------------------------------------------------------------------
    mapGet: method(Map.prototype, 'get'),
    mapSet: method(Map.prototype, 'set'),
    mapHas: method(Map.prototype, 'has'),
    mapDelete: method(Map.prototype, 'delete'),
    mapClear: method(Map.prototype, 'clear'),
    mapForEach: method(Map.prototype, 'forEach'),
    setAdd: method(Set.prototype, 'add'),
    setHas: method(Set.prototype, 'has'),
    setForEach: method(Set.prototype, 'forEach'),
    weakMapHas: method(WeakMap.prototype, 'has'),
    weakSetAdd: method(WeakSet.prototype, 'add'),
    weakSetHas: method(WeakSet.prototype, 'has'),

    // ---- what objects are, by what they hold and not by what they inherit from --------------------------------------
    timeOf: method(Date.prototype, 'getTime'),
    sourceOf: getter(RegExp.prototype, 'source'),
    flagsOf,
    bufferLength: getter(ArrayBuffer.prototype, 'byteLength'),
    // The name of a typed array's type; undefined for anything else.
    viewType: getter(typedArrays, Symbol.toStringTag),
    viewBuffer: getter(typedArrays, 'buffer'),
    viewOffset: getter(typedArrays, 'byteOffset'),
    viewBytes: getter(typedArrays, 'byteLength'),
    viewLength: getter(typedArrays, 'length'),
    viewSet: method(typedArrays, 'set'),
    dataViewBuffer: getter(DataView.prototype, 'buffer'),
    dataViewOffset: getter(DataView.prototype, 'byteOffset'),
    dataViewBytes: getter(DataView.prototype, 'byteLength'),
  });
})
