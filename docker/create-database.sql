-- Runs once, when the volume is empty. The application is no superuser, and these two extensions need one.
\getenv password POSTGRES_PASSWORD
create role fieldwright login password :'password';
create database fieldwright owner fieldwright;
\connect fieldwright
create extension cube;
create extension earthdistance;
