-- ends: error, "there is no module"
require "no_such_module"
