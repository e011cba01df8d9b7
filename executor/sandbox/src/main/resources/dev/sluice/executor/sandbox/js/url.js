// URL and URLSearchParams for URLs with an authority (http, https, ws, wss, ftp) and opaque ones (mailto:, data:).
(function (control, primordials) {
  'use strict';
  const {
    Number, String, Symbol, TypeError, apply, charCodeAt, decodeURIComponent, define, encodeURIComponent, exec, indexOf, isArray,
    keys, lastIndexOf, list, slice, sort, startsWith, toLowerCase, trim,
  } = primordials;
  control.lazy(['URL', 'URLSearchParams'], () => {
    const ports = { __proto__: null, 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443', 'ftp:': '21' };

    // ---- percent encoding ------------------------------------------------------------------------------------------
    const HEX = '0123456789ABCDEF';
    const encoded = (part) => {
      const code = charCodeAt(part, 0);
      if (code < 0x80) return '%' + HEX[code >> 4] + HEX[code & 15];
      try {
        return encodeURIComponent(part);
      } catch {
        return '%EF%BF%BD'; // half a surrogate
      }
    };
    const isHighSurrogate = (code) => code >= 0xd800 && code <= 0xdbff;
    const isLowSurrogate = (code) => code >= 0xdc00 && code <= 0xdfff;
    /** Encodes the characters that are not safe. */
    const encode = (text, isSafe) => {
      let result = '', from = 0;
      for (let i = 0; i < text.length; i++) {
        const code = charCodeAt(text, i);
        if (isSafe(code, text[i])) continue;
        const size = isHighSurrogate(code) && isLowSurrogate(charCodeAt(text, i + 1)) ? 2 : 1;
        result += slice(text, from, i) + encoded(slice(text, i, i + size));
        i += size - 1;
        from = i + 1;
      }
      return result + slice(text, from);
    };
    const printableBut = (unsafe) => (code, character) => code > 0x20 && code < 0x7f && indexOf(unsafe, character) < 0;
    const inPath = printableBut('"#<>?`{}'), inQuery = printableBut('"#<>\''), inFragment = printableBut('"<>`');
    const inUser = printableBut('"#<>?`{}/:;=@[]^|');
    const isLetter = (code) => (code | 32) >= 97 && (code | 32) <= 122;
    const isDigit = (code) => code >= 48 && code <= 57;
    const inForm = (code, character) => isLetter(code) || isDigit(code) || indexOf('*-._ ', character) >= 0;
    /** Every `from`, a single character, becomes `to`. */
    const swap = (text, from, to) => {
      let result = '', start = 0;
      for (let at = indexOf(text, from); at >= 0; at = indexOf(text, from, start)) {
        result += slice(text, start, at) + to;
        start = at + 1;
      }
      return result + slice(text, start);
    };
    const formEncode = (text) => swap(encode(text, inForm), ' ', '+');
    const formDecode = (text) => {
      const spaced = swap(text, '+', ' ');
      try {
        return decodeURIComponent(spaced);
      } catch {
        return spaced;
      }
    };
    const split = (text, separator) => {
      const parts = list();
      let start = 0;
      for (let at = indexOf(text, separator); at >= 0; at = indexOf(text, separator, start)) {
        parts[parts.length] = slice(text, start, at);
        start = at + 1;
      }
      parts[parts.length] = slice(text, start);
      return parts;
    };

    // ---- URLSearchParams -------------------------------------------------------------------------------------------
    const parsePairs = (query) => {
      const pairs = list();
      const parts = split(startsWith(query, '?') ? slice(query, 1) : query, '&');
      for (let i = 0; i < parts.length; i++) {
        if (parts[i] === '') continue;
        const at = indexOf(parts[i], '=');
        pairs[pairs.length] = at < 0
          ? [formDecode(parts[i]), '']
          : [formDecode(slice(parts[i], 0, at)), formDecode(slice(parts[i], at + 1))];
      }
      return pairs;
    };
    const serializePairs = (pairs) => {
      let result = '';
      for (let i = 0; i < pairs.length; i++) {
        result += (i === 0 ? '' : '&') + formEncode(pairs[i][0]) + '=' + formEncode(pairs[i][1]);
      }
      return result;
    };
    const pairOf = (entry) => {
      const pair = isArray(entry) ? entry : [...entry];
      if (pair.length !== 2) throw new TypeError('a pair must have a name and a value');
      return [String(pair[0]), String(pair[1])];
    };
    /** What a URL knows of its own parameters. */
    let pairsOf, link;

    class URLSearchParams {
      #pairs;
      #changed = () => undefined;
      static {
        control.teach(this.prototype, (params) => serializePairs(params.#pairs));
        pairsOf = (params, replacement) => replacement === undefined ? params.#pairs : (params.#pairs = replacement);
        link = (params, changed) => { params.#changed = changed; };
      }
      constructor(init = '') {
        if (init === null || typeof init !== 'object') {
          this.#pairs = parsePairs(String(init));
          return;
        }
        const pairs = this.#pairs = list();
        if (#pairs in init) {
          const from = init.#pairs;
          for (let i = 0; i < from.length; i++) pairs[i] = [from[i][0], from[i][1]];
        } else if (isArray(init)) {
          for (let i = 0; i < init.length; i++) pairs[i] = pairOf(init[i]);
        } else if (typeof init[Symbol.iterator] === 'function') {
          for (const entry of init) pairs[pairs.length] = pairOf(entry);
        } else {
          const names = keys(init);
          for (let i = 0; i < names.length; i++) pairs[i] = [names[i], String(init[names[i]])];
        }
      }
      #find(name) {
        const pairs = this.#pairs;
        for (let i = 0; i < pairs.length; i++) if (pairs[i][0] === name) return i;
        return -1;
      }
      /** Keeps those of which `keep` says so. */
      #filter(keep) {
        const kept = list();
        for (let i = 0; i < this.#pairs.length; i++) {
          if (keep(this.#pairs[i][0], this.#pairs[i][1], i)) kept[kept.length] = this.#pairs[i];
        }
        this.#pairs = kept;
      }
      get size() { return this.#pairs.length; }
      append(name, value) {
        this.#pairs[this.#pairs.length] = [String(name), String(value)];
        this.#changed();
      }
      delete(name, value) {
        const wanted = String(name), only = value === undefined ? undefined : String(value);
        this.#filter((n, v) => n !== wanted || (only !== undefined && v !== only));
        this.#changed();
      }
      get(name) {
        const at = this.#find(String(name));
        return at < 0 ? null : this.#pairs[at][1];
      }
      getAll(name) {
        const wanted = String(name), found = [];
        for (let i = 0; i < this.#pairs.length; i++) {
          if (this.#pairs[i][0] === wanted) define(found, found.length, this.#pairs[i][1]);
        }
        return found;
      }
      has(name, value) {
        const wanted = String(name), only = value === undefined ? undefined : String(value);
        for (let i = 0; i < this.#pairs.length; i++) {
          if (this.#pairs[i][0] === wanted && (only === undefined || this.#pairs[i][1] === only)) return true;
        }
        return false;
      }
      set(name, value) {
        const wanted = String(name), at = this.#find(wanted), pair = [wanted, String(value)];
        if (at < 0) {
          this.#pairs[this.#pairs.length] = pair;
        } else {
          this.#pairs[at] = pair;
          this.#filter((n, v, index) => n !== wanted || index === at);
        }
        this.#changed();
      }
      sort() {
        sort(this.#pairs, (a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
        this.#changed();
      }
      forEach(callback, self) {
        for (let i = 0; i < this.#pairs.length; i++) apply(callback, self, [this.#pairs[i][1], this.#pairs[i][0], this]);
      }
      *entries() { for (let i = 0; i < this.#pairs.length; i++) yield [this.#pairs[i][0], this.#pairs[i][1]]; }
      *keys() { for (let i = 0; i < this.#pairs.length; i++) yield this.#pairs[i][0]; }
      *values() { for (let i = 0; i < this.#pairs.length; i++) yield this.#pairs[i][1]; }
      *[Symbol.iterator]() { for (let i = 0; i < this.#pairs.length; i++) yield [this.#pairs[i][0], this.#pairs[i][1]]; }
      toString() { return serializePairs(this.#pairs); }
    }

    // ---- URL -------------------------------------------------------------------------------------------------------
    const withoutDots = (path) => {
      const kept = list(), parts = split(path, '/');
      for (let i = 0; i < parts.length; i++) {
        const part = toLowerCase(parts[i]), last = i === parts.length - 1;
        if (part === '.' || part === '%2e') {
          if (last) kept[kept.length] = '';
        } else if (part === '..' || part === '.%2e' || part === '%2e.' || part === '%2e%2e') {
          if (kept.length > 1) kept.length--;
          if (last) kept[kept.length] = '';
        } else {
          kept[kept.length] = parts[i];
        }
      }
      let result = '';
      for (let i = 0; i < kept.length; i++) result += (i === 0 ? '' : '/') + kept[i];
      return result;
    };
    const invalid = (text) => new TypeError('Invalid URL: ' + text);
    const hostOf = (parts) => parts.hostname + (parts.port && ':' + parts.port);
    const userOf = (parts) =>
      parts.username !== '' || parts.password !== '' ? parts.username + (parts.password && ':' + parts.password) + '@' : '';
    const hrefOf = (parts) => {
      const authority = parts.protocol in ports || parts.hostname !== '' || parts.protocol === 'file:';
      return parts.protocol + (authority ? '//' + userOf(parts) + hostOf(parts) : '') + parts.pathname + parts.search + parts.hash;
    };
    const resolve = (input, base) => {
      if (exec(/^[a-z][a-z0-9+.-]*:/i, input) !== null) return input;
      if (base === undefined) throw invalid(input);
      const from = parse(trimmed(base), undefined);
      if (hostOf(from) === '' && from.protocol !== 'file:') throw new TypeError('Invalid base URL: ' + hrefOf(from));
      const root = from.protocol + '//' + userOf(from) + hostOf(from);
      if (startsWith(input, '//')) return from.protocol + input;
      if (startsWith(input, '/')) return root + input;
      if (startsWith(input, '?')) return root + from.pathname + input;
      if (startsWith(input, '#') || input === '') return root + from.pathname + from.search + input;
      return root + slice(from.pathname, 0, lastIndexOf(from.pathname, '/') + 1) + input;
    };
    const trimmed = (input) => {
      const text = trim(String(input));
      return swap(swap(swap(text, '\t', ''), '\n', ''), '\r', '');
    };
    const parseAuthority = (parts, authority, special, text) => {
      const found = exec(/^(?:([^:]*)(:([^]*))?@)?(\[[0-9a-f:.]+\]|[^:@[\]]*)(?::([0-9]*))?$/i, authority);
      const hostname = found === null ? undefined : found[4];
      const port = found === null || found[5] === undefined ? '' : found[5];
      if (hostname === undefined || (special && hostname === '') || exec(/[\s<>^|%]/, hostname) !== null || Number(port) > 65535) {
        throw invalid(text);
      }
      parts.username = encode(found[1] ?? '', inUser);
      parts.password = encode(found[3] ?? '', inUser);
      parts.hostname = toLowerCase(hostname);
      parts.port = port === '' || String(Number(port)) === ports[parts.protocol] ? '' : String(Number(port));
    };
    const parse = (input, base) => {
      const text = resolve(input, base);
      const whole = exec(/^([a-z][a-z0-9+.-]*:)([^?#]*)(\?[^#]*)?(#[^]*)?$/i, text);
      if (whole === null) throw invalid(text);
      const protocol = toLowerCase(whole[1]), special = protocol in ports;
      const query = whole[3] ?? '', hash = whole[4] ?? '';
      const parts = {
        __proto__: null, protocol, username: '', password: '', hostname: '', port: '', pathname: whole[2],
        search: query.length > 1 ? '?' + encode(slice(query, 1), inQuery) : '',
        hash: hash.length > 1 ? '#' + encode(slice(hash, 1), inFragment) : '',
      };
      let rest = whole[2];
      if (special) {
        rest = swap(rest, '\\', '/');
        let slashes = 0;
        while (rest[slashes] === '/') slashes++;
        rest = '//' + slice(rest, slashes);
      }
      if (startsWith(rest, '//')) {
        const end = indexOf(rest, '/', 2);
        const path = end < 0 ? '' : slice(rest, end);
        parseAuthority(parts, end < 0 ? slice(rest, 2) : slice(rest, 2, end), special, text);
        parts.pathname = encode(withoutDots(path === '' && special ? '/' : path), inPath);
      }
      return parts;
    };
    const without = (text, prefix) => startsWith(text, prefix) ? slice(text, 1) : text;

    class URL {
      static {
        control.teach(this.prototype, (url) => hrefOf(url.#parts));
      }
      #parts;
      #params = new URLSearchParams();
      constructor(input, base) {
        this.#become(parse(trimmed(input), base));
        link(this.#params, () => {
          const query = serializePairs(pairsOf(this.#params));
          this.#parts.search = query === '' ? '' : '?' + query;
        });
      }
      #become(parts) {
        this.#parts = parts;
        pairsOf(this.#params, parsePairs(parts.search));
      }
      /** Takes the URL apart again with one part changed, so that it is checked and encoded as ever. */
      #with(change) {
        this.#become(parse(trimmed(hrefOf({ __proto__: null, ...this.#parts, ...change })), undefined));
      }
      static canParse(input, base) {
        try {
          parse(trimmed(input), base);
          return true;
        } catch {
          return false;
        }
      }
      static parse(input, base) {
        try {
          return new URL(input, base);
        } catch {
          return null;
        }
      }
      get href() { return hrefOf(this.#parts); }
      set href(value) { this.#become(parse(trimmed(value), undefined)); }
      get origin() { return this.#parts.protocol in ports ? this.#parts.protocol + '//' + hostOf(this.#parts) : 'null'; }
      get protocol() { return this.#parts.protocol; }
      set protocol(value) {
        const text = String(value);
        this.#with({ __proto__: null, protocol: text[text.length - 1] === ':' ? text : text + ':' });
      }
      get username() { return this.#parts.username; }
      set username(value) { this.#with({ __proto__: null, username: encode(String(value), inUser) }); }
      get password() { return this.#parts.password; }
      set password(value) { this.#with({ __proto__: null, password: encode(String(value), inUser) }); }
      get host() { return hostOf(this.#parts); }
      set host(value) {
        const text = String(value), found = exec(/^([^]*):([0-9]*)$/, text);
        this.#with({ __proto__: null, hostname: found === null ? text : found[1], port: found === null ? '' : found[2] });
      }
      get hostname() { return this.#parts.hostname; }
      set hostname(value) { this.#with({ __proto__: null, hostname: String(value) }); }
      get port() { return this.#parts.port; }
      set port(value) { this.#with({ __proto__: null, port: String(value) }); }
      get pathname() { return this.#parts.pathname; }
      set pathname(value) { this.#with({ __proto__: null, pathname: '/' + encode(without(String(value), '/'), inPath) }); }
      get search() { return this.#parts.search; }
      set search(value) {
        const text = without(String(value), '?');
        this.#with({ __proto__: null, search: text === '' ? '' : '?' + encode(text, inQuery) });
      }
      get hash() { return this.#parts.hash; }
      set hash(value) {
        const text = without(String(value), '#');
        this.#with({ __proto__: null, hash: text === '' ? '' : '#' + encode(text, inFragment) });
      }
      get searchParams() { return this.#params; }
      toString() { return hrefOf(this.#parts); }
      toJSON() { return hrefOf(this.#parts); }
    }
    return { __proto__: null, URL, URLSearchParams };
  });
})
