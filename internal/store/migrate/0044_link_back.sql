-- Who goes on from a published outcome is found from the outcome; the other matter holds no entry of it.
create index link_back on link (to_matter, kind);
