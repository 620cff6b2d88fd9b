# c
graph [ directed 1 node [ id 1 graphics [ x 1.5e3 ] l [ a "&#233;&bad;&#xD800;" ] ] ]