-- Runs once, when the volume is empty. The owner migrates the tables, the application only reads and writes their rows; neither is a
-- superuser, and the last three statements need one. The very last lets the search for sites use its index behind row-level security.
\getenv owner_password OWNER_PASSWORD
\getenv application_password APPLICATION_PASSWORD
create role fieldwright login password :'owner_password';
create role fieldwright_application login password :'application_password';
create database fieldwright owner fieldwright;
\connect fieldwright
create extension cube;
create extension earthdistance;
alter function pg_catalog.textlike(text, text) leakproof;
