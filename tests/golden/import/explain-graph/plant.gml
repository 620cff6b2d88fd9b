graph [
  directed 0
  node [ id 1 label "Furnace" ]
  node [ id 2 label "Crucible" weight 3 ]
  edge [ source 1 target 2 since "2021" ]
]
