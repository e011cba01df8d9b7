// URL and URLSearchParams for URLs with an authority (http, https, ws, wss, ftp) and opaque ones (mailto:, data:).
(function (control) {
  'use strict';
  control.lazy(['URL', 'URLSearchParams'], () => {
    const { expose, teach } = control;
    const { String, Array, TypeError, Object, Symbol, encodeURIComponent, decodeURIComponent, Number } = globalThis;
    const ports = { 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443', 'ftp:': '21' };
    const escape = (text, unsafe) => text.replace(unsafe, (part) => {
      try {
        return encodeURIComponent(part).replace(/['!()*]/g, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase());
      } catch {
        return '%EF%BF%BD';
      }
    });
    const astral = (set) => new RegExp(`[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]|[^\\x21-\\x7e]|[${set}]`, 'g');
    const inPath = astral('"#<>?`{}'), inQuery = astral('"#<>\''), inFragment = astral('"<>`'), inUser = astral('"#<>?`{}/:;=@\\[\\]^|');
    const formEncode = (text) => escape(String(text), /[\uD800-\uDBFF][\uDC00-\uDFFF]|[^*\-.0-9A-Z_a-z ]/g).replace(/ /g, '+');
    const formDecode = (text) => {
      const spaced = text.replace(/\+/g, ' ');
      try {
        return decodeURIComponent(spaced);
      } catch {
        return spaced;
      }
    };

    class URLSearchParams {
      #pairs = [];
      #changed = () => undefined;
      constructor(init = '') {
        if (init !== null && typeof init === 'object') {
          const entries = typeof init[Symbol.iterator] === 'function' ? [...init] : Object.entries(init);
          for (const entry of entries) {
            const pair = [...entry];
            if (pair.length !== 2) throw new TypeError('a pair must have a name and a value');
            this.#pairs.push([String(pair[0]), String(pair[1])]);
          }
        } else {
          this.#parse(String(init));
        }
      }
      static of(query, changed) {
        const params = new URLSearchParams(query);
        params.#changed = changed;
        return params;
      }
      #parse(query) {
        this.#pairs = query.replace(/^\?/, '').split('&').filter((part) => part !== '').map((part) => {
          const at = part.indexOf('=');
          return at < 0 ? [formDecode(part), ''] : [formDecode(part.slice(0, at)), formDecode(part.slice(at + 1))];
        });
      }
      get size() { return this.#pairs.length; }
      append(name, value) { this.#pairs.push([String(name), String(value)]); this.#changed(); }
      delete(name, value) {
        this.#pairs = this.#pairs.filter(([n, v]) => n !== String(name) || (value !== undefined && v !== String(value)));
        this.#changed();
      }
      get(name) { return this.#pairs.find(([n]) => n === String(name))?.[1] ?? null; }
      getAll(name) { return this.#pairs.filter(([n]) => n === String(name)).map(([, value]) => value); }
      has(name, value) { return this.#pairs.some(([n, v]) => n === String(name) && (value === undefined || v === String(value))); }
      set(name, value) {
        const at = this.#pairs.findIndex(([n]) => n === String(name));
        if (at < 0) {
          this.#pairs.push([String(name), String(value)]);
        } else {
          this.#pairs = this.#pairs.filter(([n], index) => n !== String(name) || index === at);
          this.#pairs[at][1] = String(value);
        }
        this.#changed();
      }
      sort() { this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)); this.#changed(); }
      forEach(callback, self) { for (const [name, value] of this) callback.call(self, value, name, this); }
      *entries() { for (const [name, value] of this.#pairs) yield [name, value]; }
      *keys() { for (const [name] of this.#pairs) yield name; }
      *values() { for (const [, value] of this.#pairs) yield value; }
      [Symbol.iterator]() { return this.entries(); }
      toString() { return this.#pairs.map(([name, value]) => formEncode(name) + '=' + formEncode(value)).join('&'); }
    }

    const withoutDots = (path) => {
      const result = [];
      const parts = path.split('/');
      parts.forEach((part, index) => {
        const last = index === parts.length - 1;
        if (/^(\.|%2e)$/i.test(part)) {
          if (last) result.push('');
        } else if (/^(\.|%2e){2}$/i.test(part)) {
          if (result.length > 1) result.pop();
          if (last) result.push('');
        } else {
          result.push(part);
        }
      });
      return result.join('/');
    };
    const resolve = (input, base) => {
      if (/^[a-z][a-z0-9+.-]*:/i.test(input)) return input;
      if (base === undefined) throw new TypeError('Invalid URL: ' + input);
      const from = new URL(base);
      if (from.host === '' && from.protocol !== 'file:') throw new TypeError('Invalid base URL: ' + base);
      const root = from.protocol + '//' + (from.username && from.username + (from.password && ':' + from.password) + '@') + from.host;
      if (input.startsWith('//')) return from.protocol + input;
      if (input.startsWith('/')) return root + input;
      if (input.startsWith('?')) return root + from.pathname + input;
      if (input.startsWith('#') || input === '') return root + from.pathname + from.search + input;
      return root + from.pathname.replace(/[^/]*$/, '') + input;
    };

    class URL {
      #parts;
      #params;
      constructor(input, base) {
        this.#parse(resolve(String(input).trim().replace(/[\t\n\r]/g, ''), base));
      }
      #parse(text) {
        const [, scheme, rest] = /^([a-z][a-z0-9+.-]*:)([^]*)$/i.exec(text) ?? [];
        if (scheme === undefined) throw new TypeError('Invalid URL: ' + text);
        const protocol = scheme.toLowerCase();
        const special = protocol in ports;
        const [, before, query = '', hash = ''] = /^([^?#]*)(\?[^#]*)?(#[^]*)?$/.exec(rest);
        const parts = {
          protocol, username: '', password: '', hostname: '', port: '', pathname: before,
          search: query.length > 1 ? escape(query, inQuery) : '', hash: hash.length > 1 ? escape(hash, inFragment) : '',
        };
        const slashed = special ? before.replace(/\\/g, '/').replace(/^\/*/, '//') : before;
        if (slashed.startsWith('//')) {
          const [, authority, path] = /^\/\/([^/]*)([^]*)$/.exec(slashed);
          const [, user, , password, hostname, port] = /^(?:([^:]*)(:([^]*))?@)?(\[[0-9a-f:.]+\]|[^:@[\]]*)(?::([0-9]*))?$/i.exec(authority) ?? [];
          if (hostname === undefined || (special && hostname === '') || /[\s<>^|%]/.test(hostname) || Number(port ?? 0) > 65535) {
            throw new TypeError('Invalid URL: ' + text);
          }
          parts.username = escape(user ?? '', inUser);
          parts.password = escape(password ?? '', inUser);
          parts.hostname = hostname.toLowerCase();
          parts.port = port === undefined || port === '' || String(Number(port)) === ports[protocol] ? '' : String(Number(port));
          parts.pathname = escape(withoutDots(path === '' && special ? '/' : path), inPath);
        }
        this.#parts = parts;
        this.#params = URLSearchParams.of(parts.search, () => {
          const query = this.#params.toString();
          this.#parts.search = query === '' ? '' : '?' + query;
        });
      }
      #with(change) {
        const before = this.#parts;
        this.#parts = { ...before, ...change };
        const text = this.href;
        this.#parts = before;
        this.#parse(text);
      }
      static canParse(input, base) { return URL.parse(input, base) !== null; }
      static parse(input, base) {
        try {
          return new URL(input, base);
        } catch {
          return null;
        }
      }
      get href() {
        const p = this.#parts;
        const authority = p.protocol in ports || p.hostname !== '' || p.protocol === 'file:';
        const user = p.username !== '' || p.password !== '' ? p.username + (p.password && ':' + p.password) + '@' : '';
        return p.protocol + (authority ? '//' + user + this.host : '') + p.pathname + p.search + p.hash;
      }
      set href(value) { this.#parse(String(value)); }
      get origin() { return this.#parts.protocol in ports ? this.#parts.protocol + '//' + this.host : 'null'; }
      get protocol() { return this.#parts.protocol; }
      set protocol(value) { this.#with({ protocol: String(value).replace(/:?$/, ':') }); }
      get username() { return this.#parts.username; }
      set username(value) { this.#with({ username: escape(String(value), inUser) }); }
      get password() { return this.#parts.password; }
      set password(value) { this.#with({ password: escape(String(value), inUser) }); }
      get host() { return this.#parts.hostname + (this.#parts.port && ':' + this.#parts.port); }
      set host(value) {
        const [hostname, port = ''] = String(value).split(/:(?=[0-9]*$)/);
        this.#with({ hostname, port });
      }
      get hostname() { return this.#parts.hostname; }
      set hostname(value) { this.#with({ hostname: String(value) }); }
      get port() { return this.#parts.port; }
      set port(value) { this.#with({ port: String(value) }); }
      get pathname() { return this.#parts.pathname; }
      set pathname(value) { this.#with({ pathname: '/' + escape(String(value).replace(/^\//, ''), inPath) }); }
      get search() { return this.#parts.search; }
      set search(value) { this.#with({ search: value === '' ? '' : '?' + escape(String(value).replace(/^\?/, ''), inQuery) }); }
      get hash() { return this.#parts.hash; }
      set hash(value) { this.#with({ hash: value === '' ? '' : '#' + escape(String(value).replace(/^#/, ''), inFragment) }); }
      get searchParams() { return this.#params; }
      toString() { return this.href; }
      toJSON() { return this.href; }
    }
    teach(URL.prototype, (url) => url.href);
    teach(URLSearchParams.prototype, (params) => params.toString());
    expose('URL', URL);
    expose('URLSearchParams', URLSearchParams);
  });
})
