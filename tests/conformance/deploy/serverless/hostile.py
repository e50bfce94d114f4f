"""Prints a request template of texts that could be variables of Serverless Framework's, the same each time."""

import random

PARTS = ["\\", "\\", "$", "$", "{", "}", "${", "a", "self:service", "opt:x", " ", "'", "(", ":", '"']
drawn = random.Random(15)
texts = ["".join(drawn.choice(PARTS) for _ in range(drawn.randint(1, 10))) for _ in range(3000)]
known = ["${self:service}", "$${self:service}", "$\\${self:service}", "\\\\${env:HOME}", "${a}${b}", "$${a}$${b}", "${${a}}"]
print("\n".join(known + texts), end="")
