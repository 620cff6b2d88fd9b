/* igraph's C core on the graphs of compare_kernels.py:

     igraph_peer ARCS NODES HUB CUT_TO RUNS KERNEL…

   ARCS holds pairs of 64-bit numbers, dependent and dependency, which is the fastest form igraph can be given. Prints a
   line for the load and for each kernel: name, wall seconds, processor seconds (each the least of RUNS), and two numbers
   that tell the result: a count or sum, and a sum weighted by vertex, which only equal results share. */
#include <igraph.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double seconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* As in kernels.cpp. */
static double weight(igraph_integer_t vertex) { return (double)((vertex * 7919) % 1009) / 1009.0; }

struct result {
  double sum, weighted;
};

static struct result of_values(const igraph_vector_t* values) {
  struct result result = {0, 0};
  for (igraph_integer_t v = 0; v < igraph_vector_size(values); ++v) {
    result.sum += VECTOR(*values)[v];
    result.weighted += VECTOR(*values)[v] * weight(v);
  }
  return result;
}

static struct result of_set(const igraph_vector_int_t* vertices) {
  struct result result = {(double)igraph_vector_int_size(vertices), 0};
  for (igraph_integer_t i = 0; i < igraph_vector_int_size(vertices); ++i) result.weighted += weight(VECTOR(*vertices)[i]);
  return result;
}

static struct result closure(const igraph_t* graph, igraph_integer_t hub, igraph_integer_t cut_to) {
  igraph_vector_int_t found;
  (void)cut_to;
  igraph_vector_int_init(&found, 0);
  igraph_subcomponent(graph, &found, hub, IGRAPH_OUT);
  const struct result result = of_set(&found);
  igraph_vector_int_destroy(&found);
  return result;
}

static struct result dominators(const igraph_t* graph, igraph_integer_t hub, igraph_integer_t cut_to) {
  igraph_vector_int_t parent;
  (void)cut_to;
  igraph_vector_int_init(&parent, 0);
  igraph_dominator_tree(graph, hub, &parent, NULL, NULL, IGRAPH_OUT);
  struct result result = {0, 0};
  for (igraph_integer_t v = 0; v < igraph_vector_int_size(&parent); ++v) {
    if (VECTOR(parent)[v] < 0) continue; /* not reached, or the root */
    result.sum += 1;
    result.weighted += weight(v) * weight(VECTOR(parent)[v]);
  }
  igraph_vector_int_destroy(&parent);
  return result;
}

static struct result strong_components(const igraph_t* graph, igraph_integer_t hub, igraph_integer_t cut_to) {
  igraph_vector_int_t of, sizes;
  igraph_integer_t count;
  (void)hub, (void)cut_to;
  igraph_vector_int_init(&of, 0);
  igraph_vector_int_init(&sizes, 0);
  igraph_connected_components(graph, &of, &sizes, &count, IGRAPH_STRONG);
  struct result result = {(double)count, 0};
  for (igraph_integer_t v = 0; v < igraph_vector_int_size(&of); ++v)
    result.weighted += weight(v) * (double)VECTOR(sizes)[VECTOR(of)[v]];
  igraph_vector_int_destroy(&of);
  igraph_vector_int_destroy(&sizes);
  return result;
}

static struct result articulation_points(const igraph_t* graph, igraph_integer_t hub, igraph_integer_t cut_to) {
  igraph_vector_int_t found;
  (void)hub, (void)cut_to;
  igraph_vector_int_init(&found, 0);
  igraph_articulation_points(graph, &found);
  const struct result result = of_set(&found);
  igraph_vector_int_destroy(&found);
  return result;
}

static struct result vertex_cut(const igraph_t* graph, igraph_integer_t hub, igraph_integer_t cut_to) {
  igraph_integer_t size;
  igraph_st_vertex_connectivity(graph, &size, hub, cut_to, IGRAPH_VCONN_NEI_IGNORE);
  return (struct result){(double)size, 0};
}

static struct result page_rank(const igraph_t* graph, igraph_integer_t hub, igraph_integer_t cut_to) {
  igraph_vector_t rank;
  (void)hub, (void)cut_to;
  igraph_vector_init(&rank, 0);
  igraph_pagerank(graph, IGRAPH_PAGERANK_ALGO_PRPACK, &rank, NULL, igraph_vss_all(), IGRAPH_DIRECTED, 0.85, NULL, NULL);
  const struct result result = of_values(&rank);
  igraph_vector_destroy(&rank);
  return result;
}

static struct result betweenness(const igraph_t* graph, igraph_integer_t hub, igraph_integer_t cut_to) {
  igraph_vector_t values;
  (void)hub, (void)cut_to;
  igraph_vector_init(&values, 0);
  igraph_betweenness(graph, &values, igraph_vss_all(), IGRAPH_DIRECTED, NULL);
  const struct result result = of_values(&values);
  igraph_vector_destroy(&values);
  return result;
}

static const struct {
  const char* name;
  struct result (*run)(const igraph_t* graph, igraph_integer_t hub, igraph_integer_t cut_to);
} kernels[] = {{"closure", closure},
               {"dominators", dominators},
               {"strong_components", strong_components},
               {"articulation_points", articulation_points},
               {"vertex_cut", vertex_cut},
               {"page_rank", page_rank},
               {"betweenness", betweenness}};

static void load(igraph_t* graph, const char* path, igraph_integer_t nodes) {
  FILE* file = fopen(path, "rb");
  if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
    perror(path);
    exit(5);
  }
  const long size = ftell(file);
  rewind(file);
  igraph_vector_int_t ends;
  igraph_vector_int_init(&ends, size / 8);
  if (fread(VECTOR(ends), 8, (size_t)(size / 8), file) != (size_t)(size / 8)) {
    perror(path);
    exit(5);
  }
  fclose(file);
  igraph_create(graph, &ends, nodes, IGRAPH_DIRECTED);
  igraph_vector_int_destroy(&ends);
}

int main(int count, char** arguments) {
  if (count < 7) {
    fprintf(stderr, "usage: igraph_peer ARCS NODES HUB CUT_TO RUNS KERNEL…\n");
    return 2;
  }
  const igraph_integer_t nodes = atoll(arguments[2]), hub = atoll(arguments[3]), cut_to = atoll(arguments[4]);
  const int runs = atoi(arguments[5]);
  igraph_t graph;
  double wall = 1e300, busy = 1e300;
  for (int run = 0; run < runs; ++run) {
    if (run > 0) igraph_destroy(&graph);
    const double began = seconds(CLOCK_MONOTONIC), worked = seconds(CLOCK_PROCESS_CPUTIME_ID);
    load(&graph, arguments[1], nodes);
    const double took = seconds(CLOCK_MONOTONIC) - began, used = seconds(CLOCK_PROCESS_CPUTIME_ID) - worked;
    wall = took < wall ? took : wall;
    busy = used < busy ? used : busy;
  }
  printf("load %.6f %.6f %.17g %.17g\n", wall, busy, (double)igraph_vcount(&graph), (double)igraph_ecount(&graph));
  for (int i = 6; i < count; ++i) {
    for (size_t k = 0; k < sizeof kernels / sizeof *kernels; ++k) {
      if (strcmp(kernels[k].name, arguments[i]) != 0) continue;
      struct result result = {0, 0};
      wall = busy = 1e300;
      for (int run = 0; run < runs; ++run) {
        const double began = seconds(CLOCK_MONOTONIC), worked = seconds(CLOCK_PROCESS_CPUTIME_ID);
        result = kernels[k].run(&graph, hub, cut_to);
        const double took = seconds(CLOCK_MONOTONIC) - began, used = seconds(CLOCK_PROCESS_CPUTIME_ID) - worked;
        wall = took < wall ? took : wall;
        busy = used < busy ? used : busy;
      }
      printf("%s %.6f %.6f %.17g %.17g\n", arguments[i], wall, busy, result.sum, result.weighted);
      fflush(stdout);
    }
  }
  igraph_destroy(&graph);
  return 0;
}
