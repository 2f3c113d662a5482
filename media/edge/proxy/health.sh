#!/bin/bash
# Alive while it takes connections.
exec 3<>"/dev/tcp/127.0.0.1/$PROXY_PORT"
