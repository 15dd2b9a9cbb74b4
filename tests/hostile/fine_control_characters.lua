-- fine
print("\27[2J\27]0;title\7\8\127\155")
warn("\27[31mred")
