"""The entry's configuration, made from the one table of prefixes: which path is which service's."""

from deploy.urls import PREFIXES

FRAME = """# Made by `make events` from deploy/urls.py; do not edit. One address for the processes of docker-compose.yml.
worker_processes auto;
pid /tmp/nginx.pid;
error_log /dev/stderr crit; # lines of a lower level carry addresses, and those carry secrets

events {{}}

http {{
  access_log off; # addresses carry secrets
  server_tokens off;
  client_max_body_size 1m;
  client_body_temp_path /tmp/body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;

  # The entry is opened to its own machine alone. What stands in front of it there, with the certificate, says who asks.
  set_real_ip_from 127.0.0.0/8;
  set_real_ip_from 10.0.0.0/8;
  set_real_ip_from 172.16.0.0/12;
  set_real_ip_from 192.168.0.0/16;
  real_ip_header X-Forwarded-For;
  real_ip_recursive on;
  map $http_x_forwarded_proto $proto {{ default $scheme; https https; }}

  resolver 127.0.0.11 valid=5s; # Docker's own: a container that was made anew has another address
  server {{
    listen 8000;
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Proto $proto;

    location = /metrics {{ return 404; }} # for Prometheus, inside
    location /health/ {{ return 404; }}
{locations}
  }}
}}
"""


def nginx() -> str:
    """The whole file."""
    paths = {f"/drift/{service}": service for service in PREFIXES}
    paths |= {prefix or "/": service for service, areas in PREFIXES.items() for prefix in areas.values()}
    locations = "\n".join(_location(path, service) for path, service in sorted(paths.items()))
    return FRAME.format(locations=locations)


def _location(path: str, service: str) -> str:
    """A prefix ends where a name does: /katalog is not /katalog-skotsel. Replicas share the name of their service."""
    where = "/" if path == "/" else f"~ ^{path}(/|$)"
    return f"    location {where} {{ set $to {service}:8000; proxy_pass http://$to; }}"
