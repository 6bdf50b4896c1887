"""What every service stands on. Knows no service; layered, top first:

runtime -> web -> messaging -> storage -> telemetry -> events -> kernel
"""
