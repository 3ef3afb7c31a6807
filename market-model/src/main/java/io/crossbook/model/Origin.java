package io.crossbook.model;

/**
 * Where a command came from.
 *
 * @param source number of the file in the order the files were named, from 0, or the Kafka partition
 * @param line line of the file, the header being line 1, or the Kafka offset
 * @param position rises with every command of an instrument: the merged order over all files, or the Kafka offset
 * @param rows how many input rows the command stands for; 0 for what was derived (opening orders), usually 1
 */
public record Origin(int source, long line, long position, int rows) {}
