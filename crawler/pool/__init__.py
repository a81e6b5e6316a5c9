"""Several machines that ask outlets together: who asks whom, when, and who may ask at all.

The queue is procrastinate's, in PostgreSQL; psycopg and procrastinate live here alone.
"""
