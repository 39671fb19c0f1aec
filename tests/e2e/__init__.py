"""The whole product in a process of its own, met as users and programs meet it."""
