// Starts GraphiQL: operations by POST, subscriptions by graphql-transport-ws with the headers of the editor.
(function () {
  'use strict';
  var http = '/graphql';
  var ws = location.origin.replace(/^http/, 'ws') + '/graphql/ws';

  function kind(params) {
    // The operation that is meant, without a parser: its keyword before its name.
    var text = params.query.replace(/#[^\n]*/g, '');
    if (params.operationName) {
      return new RegExp('\\bsubscription\\s+' + params.operationName + '\\b').test(text) ? 'subscription' : 'other';
    }
    return /^\s*(fragment\b[^]*?)?subscription\b/.test(text) ? 'subscription' : 'other';
  }

  function post(params, headers) {
    var all = Object.assign({ 'Content-Type': 'application/json', 'Accept': 'application/graphql-response+json, application/json;q=0.9' }, headers);
    return fetch(http, { method: 'POST', headers: all, body: JSON.stringify(params), credentials: 'omit' })
      .then(function (response) { return response.json(); })
      .then(function (answer) { return params.operationName === 'IntrospectionQuery' ? explained(answer) : answer; });
  }

  // The first thing that somebody sees who has not put a token in yet.
  function explained(answer) {
    var refused = (answer.errors || []).some(function (error) { return error.extensions && error.extensions.code === 'UNAUTHENTICATED'; });
    if (!refused) { return answer; }
    return { errors: [{ message: 'Put a token into the Headers, then press "Re-fetch GraphQL schema" (the arrows at the lower left). Until then there is no documentation and no completion here; /schema.graphql has both.' }] };
  }

  function subscribe(params, headers) {
    var init = {};
    Object.keys(headers || {}).forEach(function (name) { init[name.toLowerCase()] = headers[name]; });
    var client = graphqlWs.createClient({ url: ws, connectionParams: init, retryAttempts: 0 });
    return {
      subscribe: function (observer) {
        var stop = client.subscribe(params, {
          next: observer.next.bind(observer),
          complete: function () { observer.complete(); client.dispose(); },
          error: function (error) {
            var closed = error && typeof error.code === 'number';
            observer.error(closed ? new Error('closed: ' + error.code + ' ' + error.reason) : error);
            client.dispose();
          },
        });
        return { unsubscribe: function () { stop(); client.dispose(); } };
      },
    };
  }

  var fetcher = function (params, options) {
    var headers = Object.assign({}, options && options.headers);
    Object.keys(headers).forEach(function (name) {
      // Nothing was put in yet: ask without a token.
      if (/^\s*bearer\s*$/i.test(headers[name])) { delete headers[name]; }
    });
    return kind(params) === 'subscription' ? subscribe(params, headers) : post(params, headers);
  };

  ReactDOM.createRoot(document.getElementById('graphiql')).render(
    React.createElement(GraphiQL, {
      fetcher: fetcher,
      isHeadersEditorEnabled: true,
      shouldPersistHeaders: false,
      defaultHeaders: '{\n  "Authorization": "Bearer "\n}',
      defaultQuery: '# Put your token into the Headers below,\n# then re-fetch the schema: the arrows at the lower left.\nquery {\n  viewer {\n    member {\n      name\n      roles\n    }\n  }\n}\n',
    })
  );
})();
