-- One database a service: none reads another's.
CREATE DATABASE gort_intake;
CREATE DATABASE gort_directory;
CREATE DATABASE gort_matching;
CREATE DATABASE gort_notify;
