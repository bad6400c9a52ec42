"""What every plugin promises, as questions with sentences for answers: none is a promise kept.

Each function looks at one promise and yields what is wrong with it and how to mend it.
`dougong.testing.PluginContract` asks them all, ``dougong plugin check`` those that need no house.
"""
