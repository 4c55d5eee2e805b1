// A web service out of the standard library alone.
const http = require('node:http');

const server = http.createServer((request, response) => {
  if (request.url === '/health') {
    response.setHeader('Content-Type', 'application/json');
    response.end('{"status":"healthy"}\n');
  } else {
    response.end('Hello from Node.js\n');
  }
});
server.listen(8080);
process.on('SIGTERM', () => server.close());
