graph [
  directed 1
  multigraph 1
  name "t"
  node [
    id 0
    label "a"
    size 1
  ]
  node [
    id 1
    label "b"
  ]
  edge [
    source 0
    target 1
    key 0
    weight 1.5
    since 2020
  ]
  edge [
    source 0
    target 1
    key 1
  ]
]
