graph [ node [ id 0 label "Foo "Bar" Inc" ]
 node [ id 1 label "x\"y" ] ]
